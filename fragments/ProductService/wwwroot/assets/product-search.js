import { formatPrice } from './product.js';
import { productApi } from './product-api.js';
import { tellLinks } from './selected.js';

// Nobody reads what is found while they type on.
const pause = 160;

const item = (product, home) => {
  const entry = document.createElement('li');
  const link = document.createElement('a');
  const picture = document.createElement('img');
  const name = document.createElement('span');
  const price = document.createElement('span');
  Object.assign(link, { href: product.address });
  Object.assign(link.dataset, { product: product.id, cents: product.priceCents, name: product.name });
  Object.assign(picture, { src: home + product.picture.replace('/assets/', ''), alt: '', width: 60, height: 50, decoding: 'async' });
  Object.assign(name, { className: 'search-name', textContent: product.name });
  Object.assign(price, { className: 'search-price', textContent: formatPrice(product.priceCents) });
  link.append(picture, name, ' ', price);
  entry.append(link);
  return entry;
};

const words = ({ total, items }) =>
  total === 0 ? 'Nothing on the shelves sounds like that.'
    : total === 1 ? 'One product fits.'
      : total === items.length ? `${total} products fit.`
        : `${items.length} of ${total} products that fit.`;

/** Finds as one types. The arrow keys lead into what is found and back; Escape puts it away. */
export default (root, context) => {
  const form = root.querySelector('form');
  const field = form.elements.namedItem('search');
  const category = form.elements.namedItem('category')?.value ?? '';
  const found = root.querySelector('.search-found');
  const [count, list, all] = ['.search-count', '.search-list', '.search-all'].map(part => found.querySelector(part));
  const home = new URL('./', import.meta.url).href;
  const off = new AbortController();
  tellLinks(list, 'a', context, root.dataset.module);
  let question = null;
  let timer = 0;

  const show = async () => {
    question?.abort();
    const search = field.value.trim();
    if (search === '') {
      found.hidden = true;
      return;
    }

    const mine = question = new AbortController();
    found.setAttribute('aria-busy', 'true');
    try {
      const answer = await productApi.list({ search, category, size: Number(root.dataset.size) || 6 }, { signal: mine.signal });
      list.replaceChildren(...answer.items.map(product => item(product, home)));
      count.textContent = words(answer);
      all.hidden = answer.total === 0;
      all.firstElementChild.href = `${form.getAttribute('action')}?${new URLSearchParams(new FormData(form))}`;
      found.hidden = false;
    } catch {
      if (mine.signal.aborted) return;
      list.replaceChildren();
      count.textContent = 'The shelves do not answer just now. Press Search to try.';
      all.hidden = true;
      found.hidden = false;
    }

    found.removeAttribute('aria-busy');
  };

  const walk = event => {
    const links = [...list.querySelectorAll('a')];
    const at = links.indexOf(document.activeElement);
    if (event.key === 'Escape' && !found.hidden) {
      found.hidden = true;
      field.focus();
    } else if (event.key === 'ArrowDown' && !found.hidden && links[at + 1]) {
      links[at + 1].focus();
    } else if (event.key === 'ArrowUp' && at >= 0) {
      (links[at - 1] ?? field).focus();
    } else {
      return;
    }

    event.preventDefault();
  };

  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(show, pause);
  }, { signal: off.signal });
  root.addEventListener('keydown', walk, { signal: off.signal });
  return () => {
    clearTimeout(timer);
    question?.abort();
    off.abort();
  };
};
