// Brings fragments to life. A fragment's root element names its module (data-module), the moment to start it
// (data-hydrate) and the time it may take (data-timeout). Until then, and when it fails, the page is as the server wrote it.

import bus from '@stitcher/bus';

const usualTimeout = 5000;
const words = {
  en: ['This part of the page is not fully working.', 'Try again'],
  de: ['Dieser Teil der Seite funktioniert gerade nicht ganz.', 'Noch einmal versuchen'],
  fr: ['Cette partie de la page ne fonctionne pas entièrement.', 'Réessayer'],
};

/** @typedef {{ signal: AbortSignal, bus: typeof bus, fragment?: string, refresh: (parameters?: object) => Promise<Element> }} FragmentContext */

/** @type {WeakMap<Element, { life: AbortController, dispose?: () => void, control?: Element, woken?: Promise<boolean> }>} */
const known = new WeakMap();

/** The import map that the page was made with, as the server names it. */
export const generation = document.querySelector('script[data-generation]')?.dataset.generation ?? '';

/** What the page's import map promises of a file; under another address the browser would not look. */
const promised = address => {
  const { integrity = {} } = JSON.parse(document.querySelector('script[type=importmap]')?.textContent || '{}');
  return Object.entries(integrity).find(([file]) => new URL(file, document.baseURI).href === address)?.[1];
};

/** Imports a module, and a second time past whatever the browser remembers of a failure. */
const load = async (specifier, again) => {
  if (!again) return import(specifier);
  const address = import.meta.resolve(specifier);
  const href = `${address}?again=${Date.now()}`;
  const integrity = promised(address);
  if (integrity) {
    await new Promise((onload, reject) => {
      const onerror = () => reject(new Error('not there, or not what was promised'));
      document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href, integrity, onload, onerror }));
    });
  }
  return import(href);
};

const within = (work, milliseconds, signal) => new Promise((resolve, reject) => {
  const timer = setTimeout(() => reject(new Error(`not there within ${milliseconds} ms`)), milliseconds);
  signal.addEventListener('abort', () => (clearTimeout(timer), reject(signal.reason)));
  work.then(value => (clearTimeout(timer), resolve(value)), error => (clearTimeout(timer), reject(error)));
});

/** Fetches a module ahead, without running it. */
export const preload = specifier => {
  const href = import.meta.resolve(specifier);
  if (document.head.querySelector(`link[rel=modulepreload][href="${CSS.escape(href)}"]`)) return;
  document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }));
};

/** Passes on what a fragment says of shared state; what is already so is not said again. */
export const seed = (topics, from) => {
  for (const [topic, value] of Object.entries(topics)) {
    if (JSON.stringify(bus.get(topic)) !== JSON.stringify(value)) bus.emit(topic, value, { retain: true, from });
  }
};

const seedsOf = root => {
  try {
    seed(JSON.parse(root.dataset.topics), root.dataset.module ?? root.dataset.fragment);
  } catch (error) {
    reportError(error);
  }
};

const hydrate = async (root, state, again) => {
  const { module: specifier, timeout } = root.dataset;
  const { signal } = state.life;
  try {
    const { default: start } = await within(load(specifier, again), Number(timeout) || usualTimeout, signal);
    const context = { signal, bus, fragment: root.dataset.fragment, refresh: parameters => refresh(root, parameters) };
    const end = await within(Promise.resolve(start?.(root, context)), Number(timeout) || usualTimeout, signal);
    if (signal.aborted) return false;
    state.dispose = typeof end === 'function' ? end : end?.dispose?.bind(end);
    delete root.dataset.boundary;
    root.dataset.awake = '';
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    fail(root, state, error);
    return false;
  }
};

/** The server's HTML stays; beside it stands a way to try again. */
const fail = (root, state, error) => {
  const { module: specifier } = root.dataset;
  root.dataset.boundary = 'failed';
  console.warn(`${specifier} could not be started.`, error);
  bus.emit('stitcher:module-failed', { module: specifier, message: String(error?.message ?? error) }, { from: '@stitcher/live' });
  const [sentence, again] = words[document.documentElement.lang.slice(0, 2)] ?? words.en;
  const control = document.querySelector('template[data-boundary-control]')?.content.firstElementChild?.cloneNode(true) ?? document.createElement('div');
  if (!control.hasChildNodes()) control.append(Object.assign(document.createElement('p'), { textContent: sentence }), Object.assign(document.createElement('button'), { type: 'button', textContent: again }));
  control.classList.add('boundary');
  control.setAttribute('role', 'status');
  control.querySelector('button')?.addEventListener('click', async () => {
    control.remove();
    if (await start(root, true)) (root.querySelector('a[href], button, input, [tabindex]') ?? root).focus?.({ preventScroll: true });
  });
  state.control = control;
  root.after(control);
};

/** Starts a fragment now; the same fragment is started once. */
const start = (root, again = false) => {
  const state = known.get(root);
  return (!again && state.woken) || (state.woken = hydrate(root, state, again));
};

const moments = {
  load: (root, signal, go) => go(),
  idle: (root, signal, go) => (self.requestIdleCallback ?? setTimeout)(() => signal.aborted || go()),
  visible: (root, signal, go) => {
    const watch = new IntersectionObserver(seen => {
      if (!seen.some(entry => entry.isIntersecting)) return;
      watch.disconnect();
      go();
    }, { rootMargin: '200px' });
    watch.observe(root);
    signal.addEventListener('abort', () => watch.disconnect());
  },
  interaction: (root, signal, go) => {
    const over = new AbortController();
    const until = AbortSignal.any([signal, over.signal]);
    for (const type of ['pointerenter', 'focusin', 'touchstart']) root.addEventListener(type, () => preload(root.dataset.module), { once: true, passive: true, signal: until });
    for (const type of ['click', 'submit', 'input', 'change']) {
      root.addEventListener(type, async event => {
        const isHeld = event.cancelable;
        if (isHeld) event.preventDefault();
        event.stopImmediatePropagation();
        await go();
        over.abort();
        replay(event);
      }, { capture: true, signal: until });
    }
  },
};

/** Does again what woke the fragment, now that somebody is there to hear it. */
const replay = event => {
  const { target, type } = event;
  if (!target.isConnected) return;
  if (type === 'submit') target.requestSubmit(event.submitter);
  else target.dispatchEvent(new event.constructor(type, event));
};

/** Whether all of an element has arrived: something stands behind it. */
const isWhole = node => document.readyState !== 'loading' || !document.contains(node) || (node.nextSibling ? true : !!node.parentNode && isWhole(node.parentNode));

/** Looks for fragments in a part of the page and arranges for each to start at its moment. */
export const wake = part => {
  const all = selector => [...(part.matches?.(selector) ? [part] : []), ...part.querySelectorAll(selector)].filter(isWhole);
  for (const root of all('[data-topics]')) {
    if (known.has(root)) continue;
    known.set(root, { life: new AbortController() });
    seedsOf(root);
  }

  const started = [];
  for (const root of all('[data-module]')) {
    const state = known.get(root) ?? { life: new AbortController() };
    if (state.isArranged) continue;
    known.set(root, Object.assign(state, { isArranged: true }));
    const moment = moments[root.dataset.hydrate] ? root.dataset.hydrate : 'load';
    const done = moments[moment](root, state.life.signal, () => start(root));
    if (moment === 'load') started.push(done);
  }

  return Promise.all(started);
};

/** Ends all that lives in a part of the page, before the part goes. */
export const end = part => {
  for (const root of [...(part.matches?.('[data-module], [data-topics]') ? [part] : []), ...part.querySelectorAll('[data-module], [data-topics]')]) {
    const state = known.get(root);
    if (!state) continue;
    known.delete(root);
    state.life.abort();
    state.control?.remove();
    try {
      state.dispose?.();
    } catch (error) {
      reportError(error);
    }
  }
};

/** What waits for one import goes on in the order of its asking; of two imports either may be first. */
const fetched = {};
const bring = name => (fetched[name] ??= import(`@stitcher/live/${name}`).catch(error => {
  delete fetched[name];
  throw error;
}));

/** Fetches a fragment again and puts it in the place of the one that is there. */
export const refresh = async (root, parameters, options) => (await bring('fragments')).refresh(root, parameters, options);

/** Sends a form and shows what comes of it. */
export const submit = async (form, options) => (await bring('forms')).submit(form, options);

/** Where browsers have no navigation of their own, an element with that id goes by its name. */
const goesSoftly = typeof self.navigation?.navigate === 'function';

/** Goes to another page of the site; to this one again, when it is the same. */
export const navigate = (url, { replace = false, info } = {}) => {
  isLeaving = true;
  setTimeout(() => (isLeaving = false), 1000);
  if (goesSoftly) navigation.navigate(url, { history: replace || new URL(url, document.baseURI).href === location.href ? 'replace' : 'auto', info });
  else if (new URL(url, document.baseURI).href === location.href) location.reload();
  else location.assign(url);
};

let isLeaving = false;

/** Whoever signs in or out sees the whole page anew: what of it depends on them only its services know. */
for (const topic of ['user:logged-in', 'user:logged-out', 'user:changed']) {
  bus.on(topic, () => setTimeout(() => {
    if (!isLeaving && !self.navigation?.transition) navigate(location.href, { replace: true, info: 'again' });
  }), { replay: false });
}

document.addEventListener('focusin', ({ target }) => target.closest?.('form[data-live]') && bring('forms').catch(() => {}));
document.addEventListener('submit', event => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || !form.matches('form[data-live]') || (submitter?.getAttribute('formmethod') ?? form.method).toLowerCase() !== 'post') return;
  // What another site answers is nothing for this page to follow.
  if (new URL(submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? '', document.baseURI).origin !== location.origin) return;
  event.preventDefault();
  bring('forms').then(({ submit: send }) => send(form, { submitter }), () => {
    // Without the module the form goes as it would without any.
    form.removeAttribute('data-live');
    form.requestSubmit(submitter);
  });
});

// While the document is still arriving, fragments are started as they come.
const arriving = new MutationObserver(() => void wake(document));
arriving.observe(document, { childList: true, subtree: true });
wake(document).then(async () => {
  if (document.readyState === 'loading') await new Promise(ready => document.addEventListener('DOMContentLoaded', ready));
  arriving.disconnect();
  await wake(document);
  document.documentElement.dataset.live = 'ready';
  if (goesSoftly) moments.idle(null, new AbortController().signal, () => bring('pages').catch(reportError));
});
