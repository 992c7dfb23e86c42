import { money } from '@shop/format';
import { keepButton, onKept } from './kept.js';

export default root => {
  const { product, cents, name } = root.dataset;
  const thing = { id: Number(product), name, cents: Number(cents) };
  const place = root.querySelector('.detail-keep');
  const sum = document.createElement('p');

  place.append(keepButton(thing, 'detail-button', { free: 'Keep for later', kept: 'Kept. Let it go?' }), sum);
  place.hidden = false;
  onKept(list => {
    const total = list.reduce((all, other) => all + other.cents, 0);
    sum.textContent = list.length > 0 ? `${list.length} kept, ${money(total)} in all` : 'Kept in this browser, not sent anywhere.';
  });
};
