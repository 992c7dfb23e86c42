// Tells the page that a reader has chosen a product, once: whoever follows a link has chosen it already when its page opens.

const place = 'shop:selected';
// Long enough for the slowest connection on which somebody still waits for a page.
const shortly = 60_000;

const last = () => {
  try {
    return JSON.parse(sessionStorage.getItem(place)) ?? {};
  } catch {
    return {};
  }
};

const remember = id => {
  try {
    sessionStorage.setItem(place, JSON.stringify({ id, at: Date.now() }));
  } catch {
    // Storage may be forbidden; then one choice is told twice.
  }
};

/** The product that an element stands for, by its data attributes. */
export const productOf = element => {
  const { product, name, cents } = element.dataset;
  return { id: Number(product), name, cents: Number(cents) };
};

/** A reader follows a link to a product. */
export const tellChosen = (bus, product, from) => {
  remember(product.id);
  bus?.emit('product:selected', product, { from });
};

// The product whose page is open here. What is shown anew of it, because it was edited for instance, is no second choice.
let opened;

/** A product's own page has opened. */
export const tellOpened = (bus, product, from) => {
  const { id, at } = last();
  const isKnown = opened === product.id || (id === product.id && Date.now() - at <= shortly);
  opened = product.id;
  remember(product.id);
  if (!isKnown) bus?.emit('product:selected', product, { from });
};

/** Tells of every link to a product that is followed within a part of the page. */
export const tellLinks = (root, selector, context, from) => root.addEventListener('click', event => {
  const element = event.target.closest(selector);
  if (element) tellChosen(context?.bus, productOf(element.closest('[data-product]')), from);
}, { signal: context?.signal });
