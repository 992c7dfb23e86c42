import { money } from '@shop/format';
import { onKept } from './kept.js';
import './product-keep.js';
import { tellLinks } from './selected.js';

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

export default (root, context) => {
  const grid = root.querySelector('.product-grid');
  if (!grid) return undefined;

  tellLinks(grid, '.product-link', context, root.dataset.module);
  context?.bus?.on('product:updated', () => context.refresh(), { replay: false, signal: context.signal });

  walk(grid);
  if (root.hasAttribute('data-readonly')) return undefined;

  const line = root.querySelector('.catalog-kept');
  if (!line) return undefined;

  return onKept(list => {
    line.hidden = list.length === 0;
    line.textContent = `${list.length} kept for later, ${money(list.reduce((sum, thing) => sum + thing.cents, 0))} in all`;
  });
};
