/** Counts along with whatever in the page changes the cart. */
export default (root, { bus, signal } = {}) => {
  const count = root.querySelector('.cart-count');
  const number = root.querySelector('.cart-number');
  const unit = root.querySelector('.cart-unit');
  bus?.on('shoppingCart', lines => {
    const pieces = lines.reduce((sum, line) => sum + line.quantity, 0);
    if (number.textContent === String(pieces)) return;
    // Said aloud from the first change on, and not when the page opens.
    count.setAttribute('aria-live', 'polite');
    number.textContent = pieces;
    unit.textContent = pieces === 1 ? ' piece' : ' pieces';
    count.toggleAttribute('data-empty', pieces === 0);
  }, { signal });
};
