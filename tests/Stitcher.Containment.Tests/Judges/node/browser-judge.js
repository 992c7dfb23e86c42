// Runs in a page of a real browser, behind containment.mjs, and writes its answers into the page.
//   pages: [[before, after], ...], parsed and live: [[page, inserted], ...]

const { pages, parsed, live } = JSON.parse(document.getElementById('questions').textContent);
const fired = [];

// Handlers of the fragments under test call this, if they are alive.
globalThis.hit = name => fired.push(String(name));

// Not parseHTMLUnsafe, which attaches declared shadow roots but drops comments; pages with such are opened.
const parse = text => new DOMParser().parseFromString(text, 'text/html');

// A document in which scripts run; its loading, images and their errors included, is waited for.
async function open(text) {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const loaded = new Promise(resolve => (frame.onload = resolve));
  frame.contentDocument.open();
  frame.contentDocument.write(text);
  frame.contentDocument.close();
  await Promise.race([loaded, new Promise(resolve => setTimeout(resolve, 3000))]);
  const tree = read(frame.contentDocument);
  frame.remove();
  return tree;
}

const known = new Map();

function parsedEscape([page, inserted]) {
  const [before, after] = pages[page];
  if (!known.has(page)) {
    known.set(page, emptyPage(parse, before, after));
  }

  return contained(known.get(page), read(parse(before + inserted + after))).escape ?? null;
}

async function liveEscape([page, inserted]) {
  const [before, after] = pages[page];
  const trees = new Map([[before + after, null], [`${before}<!--${MARK}-->${after}`, null]]);
  for (const text of trees.keys()) {
    trees.set(text, await open(text));
  }

  fired.length = 0;
  const tree = await open(before + inserted + after);
  const handler = fired.length > 0 ? `a handler ran: ${fired.join(', ')}` : null;
  return handler ?? contained(placeOf(trees.get(before + after), trees.get(`${before}<!--${MARK}-->${after}`)), tree).escape ?? null;
}

async function answer() {
  const answers = { browser: navigator.userAgent, parsed: parsed.map(parsedEscape), live: [] };
  for (const question of live) {
    answers.live.push(await liveEscape(question));
  }

  return answers;
}

answer()
  .catch(error => ({ error: String(error.stack ?? error) }))
  .then(answers => {
    const result = document.createElement('pre');
    result.id = 'answers';
    result.textContent = JSON.stringify(answers).replace(/[^ -~]|[<>&]/g, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
    document.body.replaceChildren(result);
  });
