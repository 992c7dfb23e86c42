import { productApi } from './product-api.js';

// The products on a page, as one state that several parts can watch: Svelte's contract for stores, so `$productStore` works there as it is. Where the page
// has a bus, the state lives there, and copies of this file share it.

const nothing = Object.freeze({ items: [], total: 0, loading: false, error: null });

/** A store for where there is no bus. */
const alone = initial => {
  const watchers = new Set();
  let value = initial;
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const watcher of [...watchers]) {
        try {
          watcher(value);
        } catch (error) {
          reportError(error);
        }
      }
    },
    subscribe(watcher) {
      watchers.add(watcher);
      watcher(value);
      return () => { watchers.delete(watcher); };
    },
  };
};

/** @param {{api?: typeof productApi, topic?: string}} [options] */
export const createProductStore = ({ api = productApi, topic = 'products' } = {}) => {
  const state = globalThis[Symbol.for('stitcher.bus.1')]?.store?.(topic, nothing) ?? alone(nothing);
  const set = next => state.set(Object.freeze({ ...state.get(), ...next }));
  let last = null;

  return {
    get items() { return state.get().items; },
    get total() { return state.get().total; },
    get loading() { return state.get().loading; },
    get error() { return state.get().error; },
    get: () => state.get(),

    /** Calls back at once and at every change. Returns how to stop. */
    subscribe: watcher => state.subscribe(watcher),

    /** Loads what fits the query; a later call puts an earlier one aside. */
    async loadProducts(query = {}) {
      last?.abort();
      const mine = last = new AbortController();
      set({ loading: true, error: null });
      try {
        const { items, total } = await api.list(query, { signal: mine.signal });
        set({ items, total, loading: false });
      } catch (error) {
        if (mine.signal.aborted) return;
        set({ loading: false, error: error.message });
      }
    },
  };
};

export const productStore = createProductStore();

export default productStore;
