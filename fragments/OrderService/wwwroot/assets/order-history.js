import { clsx } from 'clsx';
import { relativeDate } from '@shop/format';

const week = 7 * 24 * 60 * 60 * 1000;

/** Says how long ago each order was; the date itself stays in the tooltip and in the markup. Tells the page which order a reader chooses. */
export default (root, { bus, signal } = {}) => {
  for (const time of root.querySelectorAll('time')) {
    time.className = clsx('order-when', Date.now() - Date.parse(time.dateTime) < week && 'order-recent');
    time.title = time.textContent;
    time.textContent = relativeDate(time.dateTime);
  }

  root.addEventListener('click', event => {
    const order = event.target.closest('a[href^="/orders/"]')?.closest('[data-order]');
    if (order) bus?.emit('order:selected', { id: Number(order.dataset.order) }, { from: root.dataset.module });
  }, { signal });
};
