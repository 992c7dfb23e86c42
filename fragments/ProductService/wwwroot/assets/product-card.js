import { money } from '@shop/format';
import { onKept } from './kept.js';
import './product-keep.js';
import { productOf, tellOpened } from './selected.js';

/** Shows the button beside the price, and what all things kept so far come to. */
export default (root, context) => {
  tellOpened(context?.bus, productOf(root), root.dataset.module);
  context?.bus?.on('product:updated', ({ id }) => { if (id === Number(root.dataset.product)) context.refresh(); }, { replay: false, signal: context.signal });

  const place = root.querySelector('.detail-keep');
  if (!place) return undefined;

  const sum = document.createElement('p');

  place.append(sum);
  place.hidden = false;
  return onKept(list => {
    const total = list.reduce((all, other) => all + other.cents, 0);
    sum.textContent = list.length > 0 ? `${list.length} kept, ${money(total)} in all` : 'Kept in this browser, not sent anywhere.';
  });
};
