import { productApi } from './product-api.js';

// The products on a page, as one state that several parts can watch: Svelte's contract for stores, so `$productStore` works there as it is.

const nothing = Object.freeze({ items: [], total: 0, loading: false, error: null });

/** @param {{api?: typeof productApi}} [options] */
export const createProductStore = ({ api = productApi } = {}) => {
  const watchers = new Set();
  let state = nothing;
  let last = null;

  const set = next => {
    state = Object.freeze({ ...state, ...next });
    for (const watcher of [...watchers]) {
      try {
        watcher(state);
      } catch (error) {
        reportError(error);
      }
    }
  };

  return {
    get items() { return state.items; },
    get total() { return state.total; },
    get loading() { return state.loading; },
    get error() { return state.error; },
    get: () => state,

    /** Calls back at once and at every change. Returns how to stop. */
    subscribe(watcher) {
      watchers.add(watcher);
      watcher(state);
      return () => { watchers.delete(watcher); };
    },

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
