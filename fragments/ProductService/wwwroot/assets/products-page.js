import catalog from './product-catalog.js';

// Long enough for a word to be whole, short enough to feel like typing.
const pause = 250;

// What was asked for last, by whichever copy of this part: the server writes words its own way, and is not asked for the same again because of that.
let asked;

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
    asked = values.search;
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

  // What was typed before this was here to listen counts, too: while the page came, or while its last answer took its place.
  const words = form.elements.namedItem('search');
  if (words.value !== words.defaultValue && words.value !== asked) timer = setTimeout(show, pause);
  return () => {
    clearTimeout(timer);
    dispose?.();
  };
};
