import catalog from './product-catalog.js';

// Long enough for a word to be whole, short enough to feel like typing.
const pause = 250;

/** What is typed or chosen is shown at once, with the address that leads there again. */
export default (root, context) => {
  const dispose = catalog(root, context);
  const form = root.querySelector('.page-search');
  if (!context?.fragment) return dispose;

  const { signal, refresh } = context;
  let timer = 0;
  const show = async () => {
    clearTimeout(timer);
    const values = Object.fromEntries(new FormData(form));
    const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value.trim() !== ''));
    try {
      await refresh({ ...values, page: null });
      history.replaceState(history.state, '', query.size > 0 ? `${form.getAttribute('action')}?${query}` : form.getAttribute('action'));
    } catch {
      if (!signal.aborted) form.submit();
    }
  };

  form.addEventListener('input', event => {
    clearTimeout(timer);
    timer = setTimeout(show, event.target.name === 'sort' ? 0 : pause);
  }, { signal });
  form.addEventListener('submit', event => {
    event.preventDefault();
    event.stopPropagation();
    show();
  }, { signal });
  return () => {
    clearTimeout(timer);
    dispose?.();
  };
};
