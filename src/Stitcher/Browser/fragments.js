// Puts a fragment that was fetched again in the place of the one that is there.

import { end, generation, wake } from '@stitcher/live';

const longestWaitForStyles = 3000;

/** @type {WeakMap<Element, AbortController>} */
const underway = new WeakMap();

/** Reads HTML as browsers read pages, except that nothing in it runs. */
export const parse = html => Document.parseHTMLUnsafe?.(html) ?? new DOMParser().parseFromString(html, 'text/html');

/** Style sheets are there before what they are for, unless they take too long. One in the body counts for nothing: it goes with what it stands in. */
export const addStyles = hrefs => Promise.all([...new Set(hrefs)].map(href => {
  const address = new URL(href, document.baseURI).href;
  if ([...document.head.querySelectorAll('link[rel~=stylesheet]')].some(link => link.href === address)) return null;
  return new Promise(done => {
    setTimeout(done, longestWaitForStyles);
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href, onload: done, onerror: done }));
  });
}));

/** Lets the change be seen as one, where the browser can and the reader wants it. */
export const transition = async (update, isWanted = true) => {
  if (!isWanted || !document.startViewTransition || document.hidden || matchMedia('(prefers-reduced-motion: reduce)').matches) return update();
  const run = document.startViewTransition(update);
  for (const step of [run.ready, run.finished]) step.catch(() => {});
  return run.updateCallbackDone;
};

const stylesOf = header => [...(header ?? '').matchAll(/<([^>]*)>\s*;\s*rel="?stylesheet"?/g)].map(([, href]) => href);

const addressOf = (root, parameters) => {
  const address = new URL(root.dataset.fragment, document.baseURI);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || value === undefined || value === '') address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
  return address;
};

/** The same thing in another copy of the markup: by what names it, else by where it stands. */
const counterpart = (element, old, fresh) => {
  const quoted = value => `"${CSS.escape(value)}"`;
  const selector = element.id ? `[id=${quoted(element.id)}]`
    : element.name ? `${element.localName}[name=${quoted(element.name)}]${/^(radio|checkbox|submit)$/.test(element.type) ? `[value=${quoted(element.value)}]` : ''}`
    : element.getAttribute('href') ? `[href=${quoted(element.getAttribute('href'))}]`
    : null;
  const named = selector && fresh.querySelector(selector);
  if (named) return named;
  const path = [];
  for (let at = element; at !== old; at = at.parentElement) path.unshift([...at.parentElement.children].indexOf(at));
  const there = path.reduce((at, index) => at?.children[index], fresh);
  return there?.localName === element.localName ? there : null;
};

/** What was typed meanwhile stays, and so does the cursor. */
const moveFocus = (active, old, fresh) => {
  const next = active === old ? fresh : counterpart(active, old, fresh) ?? fresh;
  if (next !== fresh && 'selectionStart' in active && next.type === active.type) {
    next.value = active.value;
    if (active.selectionStart !== null) next.setSelectionRange(active.selectionStart, active.selectionEnd, active.selectionDirection);
  } else if (next === fresh && !next.hasAttribute('tabindex')) next.tabIndex = -1;
  return () => next.focus({ preventScroll: true });
};

const swap = async (root, html, address) => {
  const body = parse(html).body;
  const isSame = other => new URL(other.dataset.fragment, document.baseURI).pathname === address.pathname;
  const fresh = [...body.querySelectorAll('[data-fragment]')].find(isSame) ?? body.querySelector(':scope > :not(link, style, script, template)');
  if (!fresh) {
    end(root);
    root.replaceChildren();
    return root;
  }

  fresh.dataset.fragment ??= address.pathname + address.search;
  const active = root.contains(document.activeElement) ? document.activeElement : null;
  await transition(() => {
    const { scrollTop, scrollLeft } = root;
    const { scrollX, scrollY } = window;
    const focus = active && root.contains(active) ? moveFocus(active, root, fresh) : null;
    end(root);
    root.replaceWith(fresh);
    Object.assign(fresh, { scrollTop, scrollLeft });
    focus?.();
    scrollTo({ left: scrollX, top: scrollY, behavior: 'instant' });
  }, !(active && 'selectionStart' in active));
  wake(fresh);
  return fresh;
};

/**
 * Fetches a fragment again and puts it in its place. A later call for the same fragment overtakes an earlier one.
 * @param {HTMLElement} root The fragment's root element, with data-fragment.
 * @param {Record<string, string | number | boolean | null>} [parameters] What is different about it; null takes a parameter away.
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {Promise<HTMLElement>} The root element that is there now.
 */
export const refresh = async (root, parameters = {}, { signal } = {}) => {
  if (!root.dataset.fragment) throw new Error('The fragment is not open to browsers: it has no data-fragment.');
  underway.get(root)?.abort();
  const own = new AbortController();
  underway.set(root, own);
  root.setAttribute('aria-busy', 'true');
  try {
    const address = addressOf(root, parameters);
    const answer = await fetch(address, { headers: { accept: 'text/html', 'stitcher-generation': generation }, signal: signal ? AbortSignal.any([signal, own.signal]) : own.signal });
    if (answer.headers.has('stitcher-reload')) {
      location.reload();
      return root;
    }
    if (!answer.ok) throw new Error(`${address.pathname} answered ${answer.status}.`);
    const [html] = await Promise.all([answer.text(), addStyles(stylesOf(answer.headers.get('link')))]);
    return own.signal.aborted || signal?.aborted || !root.isConnected ? root : await swap(root, html, address);
  } catch (error) {
    if (own.signal.aborted || signal?.aborted) return root;
    throw error;
  } finally {
    if (underway.get(root) === own) root.removeAttribute('aria-busy');
  }
};
