import { money } from '@shop/format';
import { keepButton, onKept } from './kept.js';

const thingOf = card => ({ id: Number(card.dataset.product), name: card.dataset.name, cents: Number(card.dataset.cents) });

/** The arrow keys walk over the shelves; Tab still visits every card. */
const walk = grid => grid.addEventListener('keydown', event => {
  const links = [...grid.querySelectorAll('.product-link')];
  const at = links.indexOf(document.activeElement);
  if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;

  const top = links[0].closest('.product-card').offsetTop;
  const columns = Math.max(1, links.filter(link => link.closest('.product-card').offsetTop === top).length);
  const to = {
    ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + columns, ArrowUp: at - columns, Home: 0, End: links.length - 1,
  }[event.key];
  if (to === undefined || !links[to]) return;

  event.preventDefault();
  links[to].focus();
});

export default root => {
  const grid = root.querySelector('.product-grid');
  if (!grid) return;

  walk(grid);
  if (root.hasAttribute('data-readonly')) return;

  for (const card of grid.querySelectorAll('.product-card')) {
    const { name } = card.dataset;
    const button = keepButton(thingOf(card), 'product-keep', { free: '♡', kept: '♥' });
    button.setAttribute('aria-label', `Keep ${name} for later`);
    card.append(button);
  }

  const line = root.querySelector('.catalog-kept');
  onKept(list => {
    line.hidden = list.length === 0;
    line.textContent = `${list.length} kept for later, ${money(list.reduce((sum, thing) => sum + thing.cents, 0))} in all`;
  });
};
