// Reads one question a line, answers one line each; lives as long as its standard input.
//   { "before", "after", "inserted": [...] }          -> { "escapes": [null | "how", ...] }
//   { "before", "after", "shown", "meant", "inside" } -> { "difference": null | "what" }

import { createInterface } from 'node:readline';
import { parse, parseFragment, html, defaultTreeAdapter } from 'parse5';
import { contained, emptyPage, read, sameRun } from './containment.mjs';

const pages = new Map();

// <noscript> is text to a browser that runs scripts and markup to one that does not: a page must hold for both.
const withScript = text => parse(text, { scriptingEnabled: true });
const withoutScript = text => parse(text, { scriptingEnabled: false });

function page(before, after, parser) {
  const key = JSON.stringify([parser.name, before, after]);
  let known = pages.get(key);
  if (!known) {
    pages.set(key, (known = emptyPage(parser, before, after)));
    if (pages.size > 500) {
      pages.delete(pages.keys().next().value);
    }
  }

  return known;
}

function escape(before, inserted, after) {
  const whole = before + inserted + after;
  for (const parser of /noscript/i.test(whole) ? [withoutScript, withScript] : [withoutScript]) {
    const { escape } = contained(page(before, after, parser), read(parser(whole)));
    if (escape) {
      return escape + (parser === withScript ? ' (where scripts run)' : '');
    }
  }

  return null;
}

// What a fragment's bytes say by themselves, in the element that holds the slot.
function meaning(text, inside) {
  const context = defaultTreeAdapter.createElement(inside, inside === 'svg' ? html.NS.SVG : inside === 'math' ? html.NS.MATHML : html.NS.HTML, []);
  return read(parseFragment(context, text, { scriptingEnabled: false })).children;
}

function difference({ before, after, shown, meant, inside }) {
  const result = contained(page(before, after, withoutScript), read(withoutScript(before + shown + after)));
  return result.escape ?? sameRun(result.inside, meaning(meant, inside));
}

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  let answer;
  try {
    answer = question.inserted
      ? { escapes: question.inserted.map(inserted => escape(question.before, inserted, question.after)) }
      : { difference: difference(question) };
  } catch (error) {
    answer = { error: String(error?.stack ?? error) };
  }

  process.stdout.write(JSON.stringify(answer) + '\n');
}
