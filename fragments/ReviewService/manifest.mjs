// What gateways are told: a fragment, its module and its style sheet, with the hashes that browsers check.

import { createHash } from 'node:crypto';

/** @param {Map<string, Buffer>} assets The files below /assets/. */
export const manifest = assets => {
  const bytes = [...assets.values()];
  const revision = createHash('sha256').update(Buffer.concat(bytes)).digest('hex').slice(0, 16);
  return JSON.stringify({
    schema: 1,
    name: 'reviews',
    revision,
    base: '/assets/',
    exposes: [{
      key: './ProductReviews',
      category: 'component',
      module: 'product-reviews.js',
      exports: ['default'],
      css: ['product-reviews.css'],
      fragment: '/fragments/product-reviews',
      hydrate: 'visible',
      public: true,
      parameters: ['productId', 'limit', 'sent'],
    }],
    modules: Object.fromEntries([...assets].map(([name, file]) => [name, {
      integrity: `sha384-${createHash('sha384').update(file).digest('base64')}`,
      bytes: file.length,
      imports: [],
    }])),
  }, null, 2);
};
