import catalog from './product-catalog.js';

/** The cards as in the catalog; another order is shown at once. */
export default (root, context) => {
  const form = root.querySelector('.page-search');
  const off = new AbortController();
  form.elements.namedItem('sort').addEventListener('change', () => form.requestSubmit(), { signal: off.signal });
  const dispose = catalog(root, context);
  return () => {
    off.abort();
    dispose?.();
  };
};
