// Goes from page to page without starting anew: the next page is fetched, its head is merged, its body takes the place of this one's.
// Whatever is not as expected is left to the browser, which loads the page as ever.

import bus from '@stitcher/bus';
import { end, seed, wake } from '@stitcher/live';
import { addStyles, parse, transition } from '@stitcher/live/fragments';

const root = document.documentElement;
const startOfModule = /^import\("([^"]+)"\)\.catch\(reportError\);document\.currentScript\.remove\(\)$/;

const mapOf = page => JSON.parse(page.querySelector('script[type=importmap]')?.textContent || '{}');
const isWithin = (less, more) => Object.entries(less ?? {}).every(([key, value]) => (typeof value === 'string' ? more?.[key] === value : isWithin(value, more?.[key])));
const map = mapOf(document);

/** What the server wrote into the tags; what scripts add to them stays. */
let sent = { html: new Set(root.getAttributeNames().filter(name => !name.startsWith('data-live'))), body: new Set(document.body.getAttributeNames()) };
let turn = 0;

const region = Object.assign(document.createElement('div'), { role: 'status', ariaLive: 'polite' });
region.setAttribute('data-live-region', '');
Object.assign(region.style, { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)', whiteSpace: 'nowrap' });
document.body.append(region);

const textsOf = (page, selector) => new Set([...page.querySelectorAll(selector)].map(element => element.textContent));
const isCode = script => !script.type || script.type === 'module' || /javascript/.test(script.type);
const stylesOf = page => [...page.querySelectorAll('link[rel~=stylesheet]')].map(link => link.getAttribute('href'));

/** Modules that the next page starts by itself; throws for one that this page cannot become. */
const startsOf = next => {
  if (!isWithin(mapOf(next).imports, map.imports) || !isWithin(mapOf(next).scopes, map.scopes)) throw new Error('another import map');
  const styles = textsOf(document, 'style');
  if ([...next.querySelectorAll('style')].some(style => !styles.has(style.textContent))) throw new Error('a style of its own');
  const files = new Set([...document.scripts].map(script => script.src));
  const codes = textsOf(document, 'script:not([src])');
  const starts = [];
  for (const script of [...next.scripts].filter(isCode)) {
    const start = startOfModule.exec(script.textContent);
    if (start) starts.push(JSON.parse(`"${start[1]}"`));
    else if (script.src ? !files.has(script.src) : !script.dataset.generation && !script.textContent.endsWith(')(document.currentScript)') && !codes.has(script.textContent)) throw new Error('a script of its own');
  }
  return starts;
};

const mergeHead = next => {
  document.title = next.title;
  const isOwn = element => element.matches('meta:not([charset], [http-equiv], [name=viewport]), link:not([rel~=stylesheet], [rel~=modulepreload], [rel~=preload]), script[type="application/ld+json"]');
  const [before, now] = [document.head, next.head].map(head => [...head.children].filter(isOwn));
  for (const element of before) if (!now.some(other => other.isEqualNode(element))) element.remove();
  for (const element of now) if (!before.some(other => other.isEqualNode(element))) document.head.append(element);
};

const mergeTag = (element, next, written) => {
  for (const name of written) if (!next.hasAttribute(name)) element.removeAttribute(name);
  for (const { name, value } of [...next.attributes]) element.setAttribute(name, value);
  return new Set(next.getAttributeNames());
};

/** Puts a fragment that came late into the place that was kept for it. */
const place = (page, template) => {
  const name = template.getAttribute('for');
  const isMark = (node, data) => (node.nodeType === 7 ? `?${node.target} ${node.data}`.trim() : node.data) === data;
  const walker = document.createTreeWalker(page, NodeFilter.SHOW_COMMENT | NodeFilter.SHOW_PROCESSING_INSTRUCTION);
  let mark;
  while ((mark = walker.nextNode()) && !isMark(mark, `?start name="${name}"`));
  template.remove();
  if (!mark) return;
  while (mark.nextSibling && !isMark(mark.nextSibling, '?end')) mark.nextSibling.remove();
  mark.nextSibling?.remove();
  mark.replaceWith(page.adoptNode(template.content));
};

/** Reads a page up to what comes late, if anything does. */
const read = async answer => {
  const mark = answer.headers.get('stitcher-late');
  if (!mark) return { text: await answer.text() };
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return { text };
    text += value;
    const sign = `<!--${mark}-->`;
    const at = text.indexOf(sign);
    if (at >= 0) return { text: text.slice(0, at), late: { rest: text.slice(at + sign.length), sign, reader } };
  }
};

/** A part is whole when the sign stands behind it, which nobody but the server knows. */
const placeLate = async ({ rest, sign, reader }, mine) => {
  for (;;) {
    const cut = rest.lastIndexOf(sign);
    if (cut >= 0) {
      const part = parse(rest.slice(0, cut).replaceAll('<template for="stitcher-', '<template data-late for="stitcher-'));
      rest = rest.slice(cut + sign.length);
      for (const template of part.querySelectorAll('template[data-late]')) {
        await addStyles(stylesOf(template.content));
        if (mine !== turn) return;
        place(document, template);
      }
      wake(document.body);
    }
    const { value, done } = await reader.read();
    if (done || mine !== turn) return;
    rest += value;
  }
};

const focusOn = () => {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const heading = target || document.querySelector('[autofocus]') || document.querySelector('main h1') || document.querySelector('h1, main') || document.body;
  if (!heading.matches('a[href], button, input, select, textarea, [tabindex]')) heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
};

const become = (next, event, starts) => {
  const isAgain = event.info === 'again';
  const { scrollX, scrollY } = window;
  end(document.body);
  mergeHead(next);
  const seeds = next.querySelector('script[data-stitcher-topics]')?.textContent;
  sent = { html: mergeTag(root, next.documentElement, sent.html), body: mergeTag(document.body, next.body, sent.body) };
  const styles = new Set(stylesOf(next).map(href => new URL(href, document.baseURI).href));
  document.body.replaceChildren(...next.body.childNodes, region);
  for (const link of document.head.querySelectorAll('link[rel~=stylesheet]')) if (!styles.has(link.href)) link.remove();
  if (isAgain) scrollTo({ left: scrollX, top: scrollY, behavior: 'instant' });
  else {
    focusOn();
    event.scroll();
  }

  seed({ currentRoute: location.pathname, ...JSON.parse(seeds || '{}') }, 'server');
  if (!document.querySelector('[data-topics*=\'"breadcrumbs"\']')) seed({ breadcrumbs: [] }, '@stitcher/live');
  if (!isAgain) setTimeout(() => (region.textContent = document.title), 100);
  for (const start of starts) import(start).catch(reportError);
};

const show = async event => {
  const mine = ++turn;
  const asking = new AbortController();
  const leave = () => asking.abort(event.signal.reason);
  event.signal.addEventListener('abort', leave);
  try {
    root.dataset.liveGoing = '';
    const answer = await fetch(event.destination.url, { headers: { accept: 'text/html' }, signal: asking.signal });
    if (!answer.headers.has('stitcher-generation') || !/^text\/html\b/.test(answer.headers.get('content-type') ?? '')) throw new Error('no page of this site');
    const { text, late } = await read(answer);
    event.signal.removeEventListener('abort', leave);
    const next = parse(text);
    for (const template of next.querySelectorAll('template[for^="stitcher-"]')) place(next, template);
    const starts = startsOf(next);
    await addStyles(stylesOf(next));
    event.signal.throwIfAborted();
    if (answer.redirected) history.replaceState(history.state, '', answer.url + new URL(event.destination.url).hash);
    await transition(() => become(next, event, starts));
    bus.emit('stitcher:navigated', { url: location.href }, { from: '@stitcher/live' });
    wake(document.body);
    if (late) placeLate(late, mine).catch(reportError);
  } catch (error) {
    if (event.signal.aborted) throw error;
    console.info(`The page is loaded as a whole: ${error.message}`);
    location.reload();
    await new Promise(() => {});
  } finally {
    if (mine === turn) delete root.dataset.liveGoing;
  }
};

let clicked;
document.addEventListener('click', event => {
  clicked = event.target;
  setTimeout(() => (clicked = null));
}, true);

const isSoft = event => {
  const { origin, pathname } = new URL(event.destination.url);
  const source = event.sourceElement ?? clicked;
  return event.canIntercept && !event.hashChange && event.downloadRequest === null && !event.formData && event.navigationType !== 'reload'
    && (event.navigationType === 'traverse' || !event.destination.sameDocument)
    && origin === location.origin && !/^\/_(s|f|stitcher)\/|\.\w{2,5}$/.test(pathname)
    && !root.hasAttribute('data-no-soft') && !source?.closest?.('[data-no-soft]');
};

navigation.addEventListener('navigate', event => {
  if (isSoft(event)) event.intercept({ scroll: 'manual', focusReset: 'manual', handler: () => show(event) });
});
