// Wakes what the fragments bring along. A fragment names its module in data-module, for example
// "products/ProductCatalog"; the page's import map says where that is. A service that is down has no
// entry, or does not answer: then its fragment, if it is here at all, stays as the server wrote it.

const wake = async (specifier, roots) => {
  let hydrate;
  try {
    ({ default: hydrate } = await import(specifier));
  } catch {
    return;
  }

  for (const root of roots) {
    try {
      await hydrate(root);
      root.dataset.awake = '';
    } catch (error) {
      console.warn(`${specifier} could not be woken.`, error);
    }
  }
};

const sleeping = new Map();
for (const root of document.querySelectorAll('[data-module]')) {
  const { module } = root.dataset;
  sleeping.set(module, [...(sleeping.get(module) ?? []), root]);
}

await Promise.all([...sleeping].map(([specifier, roots]) => wake(specifier, roots)));
document.documentElement.dataset.shop = 'awake';
