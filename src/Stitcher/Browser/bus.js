// The page's bus: events between fragments that know nothing of each other, and the state they share.
// Whoever brings a copy of this file meets the first one: all copies are one bus.

const place = Symbol.for('stitcher.bus.1');

/** A listener that throws is its own author's trouble, and nobody else's. */
const report = globalThis.reportError ?? (error => console.error(error));
const tell = (listener, value, about) => {
  try {
    listener(value, about);
  } catch (error) {
    report(error);
  }
};

const make = () => {
  const target = new EventTarget();
  const kept = new Map();

  /** @param {string} topic @param {unknown} value @param {{ retain?: boolean, from?: string }} [options] */
  const emit = (topic, value, { retain = false, from } = {}) => {
    if (retain) kept.set(topic, { value, from });
    target.dispatchEvent(new CustomEvent(topic, { detail: { value, from } }));
  };

  /** @param {string} topic @param {Function} listener @param {{ replay?: boolean, signal?: AbortSignal }} [options] */
  const on = (topic, listener, { replay = true, signal } = {}) => {
    if (signal?.aborted) return () => {};
    const hear = ({ detail }) => tell(listener, detail.value, { topic, from: detail.from, replayed: false });
    const off = () => target.removeEventListener(topic, hear);
    target.addEventListener(topic, hear, { signal });
    const last = kept.get(topic);
    if (replay && last) tell(listener, last.value, { topic, from: last.from, replayed: true });
    return off;
  };

  const get = topic => kept.get(topic)?.value;

  /** A store as Svelte understands it; `get` and `subscribe` are what React's useSyncExternalStore takes. */
  const store = (topic, initial) => {
    const read = () => (kept.has(topic) ? kept.get(topic).value : initial);
    const set = value => {
      if (value !== read() || typeof value === 'object' || !kept.has(topic)) emit(topic, value, { retain: true });
    };
    const subscribe = run => {
      const off = on(topic, value => run(value), { replay: false });
      tell(run, read());
      return off;
    };
    return { get: read, set, update: change => set(change(read())), subscribe };
  };

  return { emit, on, get, store };
};

const first = globalThis[place];
const isNew = !first?.on;
const bus = isNew ? Object.assign(first ?? {}, make()) : first;

if (isNew) {
  globalThis[place] = bus;
  // What the server knows comes before what was sent while this file was on its way.
  const seeds = globalThis.document?.querySelector('script[data-stitcher-topics]');
  for (const [topic, value] of Object.entries(JSON.parse(seeds?.textContent || '{}'))) bus.emit(topic, value, { retain: true, from: 'server' });
  for (const sent of bus.queue ?? []) bus.emit(...sent);
  delete bus.queue;
}

export const { emit, on, get, store } = bus;
export default bus;
