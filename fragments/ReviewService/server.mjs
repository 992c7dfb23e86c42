// Product reviews: a service of the shop without .NET, without a framework and without packages. Everything that a gateway expects of a
// service is in this folder; nothing of it is more than HTTP, HTML and one JSON file.

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { clientOf, pace, products } from './doors.mjs';
import { complaints, mistakes, render } from './fragment.mjs';
import { manifest } from './manifest.mjs';
import { html } from './markup.mjs';
import { Reviews } from './reviews.mjs';

const here = path => fileURLToPath(new URL(path, import.meta.url));
const longestForm = 16 * 1024;
const types = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };

const reviews = await Reviews.open(process.env.REVIEWS_FILE ?? here('data/reviews.jsonl'), here('seed.json'));
const assets = new Map(readdirSync(here('assets')).sort().map(name => [name, readFileSync(here(`assets/${name}`))]));
const about = manifest(assets);
const mayWrite = pace();
const isProduct = products(process.env.PRODUCT_SERVICE_URL);

const tagOf = body => `"${createHash('sha256').update(body).digest('hex').slice(0, 24)}"`;

const send = (request, response, status, headers, body = '') => {
  const known = headers.ETag && request.headers['if-none-match']?.split(',').some(tag => tag.trim().replace(/^W\//, '') === headers.ETag || tag.trim() === '*');
  if (known && status === 200) {
    response.writeHead(304, headers).end();
    return;
  }

  response.writeHead(status, { 'X-Content-Type-Options': 'nosniff', ...headers, 'Content-Length': Buffer.byteLength(body) });
  response.end(request.method === 'HEAD' ? undefined : body);
};

const text = (request, response, status, message, headers = {}) =>
  send(request, response, status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', ...headers }, message);

const json = (request, response, status, value, headers = {}) =>
  send(request, response, status, { ...headers, 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' }, JSON.stringify(value));

/** The fragment's parameters, each with a default and a range; a sentence when one is outside. */
const parametersOf = query => {
  const problems = [];
  const number = (name, usual, least, most) => {
    const given = query.get(name) ?? '';
    if (given === '') return usual;
    if (!/^\d{1,9}$/.test(given) || Number(given) < least || Number(given) > most) problems.push(`${name} is a whole number from ${least} to ${most}.`);
    return Number(given);
  };
  const asked = {
    productId: number('productId', 1, 1, 999_999_999),
    limit: number('limit', 5, 1, 100),
    sent: ['1', 'true'].includes(query.get('sent')),
  };
  return { asked, problems };
};

const fragment = (request, response, query) => {
  const { asked, problems } = parametersOf(query);
  if (problems.length) {
    text(request, response, 400, `The fragment ProductReviews cannot read its request. ${problems.join(' ')}`);
    return;
  }

  const body = render(asked, reviews.of(asked.productId)).toString();
  send(request, response, 200, {
    'Content-Type': 'text/html; charset=utf-8',
    // Asked for each time, which costs a header when nothing is new; shown for ten minutes more when nobody answers.
    'Cache-Control': 'public, max-age=0, stale-if-error=600',
    ETag: tagOf(body),
    'Surrogate-Key': `reviews product:${asked.productId}`,
    Link: '<../assets/product-reviews.css>; rel=stylesheet',
  }, body);
};

const bodyOf = async request => {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > longestForm) return null;
    chunks.push(chunk);
  }

  return Buffer.concat(chunks).toString('utf8');
};

const form = async (request, response, productId) => {
  const body = await bodyOf(request);
  if (body === null || !request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    text(request, response, body === null ? 413 : 415, body === null ? 'The form is larger than 16 KB.' : 'Send a form.', { Connection: 'close' });
    return;
  }

  const fields = new URLSearchParams(body);
  const values = Object.fromEntries(['name', 'rating', 'text'].map(name => [name, (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim()]));
  const errors = complaints(values);
  const wantsJson = request.headers.accept?.startsWith('application/json');
  const again = (status, message, headers = {}) => {
    if (wantsJson) {
      json(request, response, status, { ok: false, errors, message }, headers);
    } else {
      const asked = { productId, limit: 100, sent: false };
      send(request, response, status, { ...headers, 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', Link: '<../../assets/product-reviews.css>; rel=stylesheet' },
        render(asked, reviews.of(productId), { values, errors, message }).toString());
    }
  };
  if (Object.keys(errors).length) {
    again(422, mistakes);
    return;
  }

  if (!mayWrite(clientOf(request))) {
    again(429, 'That were very many at once. Nothing is lost: please send it again in a minute.', { 'Retry-After': '60' });
    return;
  }

  if (!reviews.hasRoom(productId)) {
    again(422, 'There is no room for more here: so much has been said already.');
    return;
  }

  try {
    if (!await isProduct(productId)) {
      text(request, response, 404, 'There is no such product.');
      return;
    }

    await reviews.add({ productId, name: values.name, rating: Number(values.rating), text: values.text, day: new Date().toISOString().slice(0, 10) });
  } catch (error) {
    console.error(error);
    again(503, 'This could not be kept just now. Nothing is lost: please send it again.');
    return;
  }

  const location = `/products/${productId}/reviews?sent=1`;
  if (wantsJson) json(request, response, 200, { ok: true, location, topics: {} });
  else text(request, response, 303, '', { Location: location });
};

/** The service's own page, for those who work on it. */
const alone = (request, response, query) => {
  const { asked } = parametersOf(query);
  send(request, response, 200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }, html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>reviews · ProductReviews</title>
<link rel="stylesheet" href="/assets/product-reviews.css">
</head>
<body>
<main>
<h1>reviews/ProductReviews</h1>
<p>At <a href="/fragments/product-reviews?productId=1">/fragments/product-reviews</a>, with <code>productId</code>, <code>limit</code> (1 to 100, default 5) and <code>sent</code>.</p>
${render(asked, reviews.of(asked.productId))}
</main>
</body>
</html>
`.toString());
};

const answer = async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const posted = /^\/products\/([1-9]\d{0,8})\/reviews$/.exec(pathname);
  if (request.method === 'POST' && posted) {
    await form(request, response, Number(posted[1]));
    return;
  }

  if (request.method === 'POST' && /^\/products\/\d+\/reviews$/.test(pathname)) {
    text(request, response, 404, 'There is no such product.');
    return;
  }

  if (request.method !== 'GET' && request.method !== 'HEAD') {
    text(request, response, 405, 'Read with GET; the form goes to /products/{id}/reviews.', { Allow: 'GET, HEAD' });
    return;
  }

  const asset = pathname.startsWith('/assets/') ? assets.get(pathname.slice('/assets/'.length)) : undefined;
  if (asset) {
    send(request, response, 200, { 'Content-Type': types[pathname.split('.').at(-1)], 'Cache-Control': 'public, max-age=60', ETag: tagOf(asset) }, asset);
  } else if (pathname === '/fragments/product-reviews') {
    fragment(request, response, searchParams);
  } else if (pathname === '/.well-known/stitcher.json') {
    send(request, response, 200, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-cache', ETag: tagOf(about) }, about);
  } else if (pathname === '/') {
    alone(request, response, searchParams);
  } else {
    text(request, response, 404, 'There is nothing here.');
  }
};

const server = createServer((request, response) => answer(request, response).catch(error => {
  console.error(error);
  if (response.headersSent) response.destroy();
  else text(request, response, 500, 'The fragment failed.');
}));

const stop = () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 3000).unref();
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

// A launcher that ends closes this pipe, however it ended.
if (process.env.ENDS_WITH_INPUT) process.stdin.on('end', stop).resume();

// Longer than the gateway keeps an unused connection (30 s), so that it never asks on one that is being closed.
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env.PORT ?? 3006), process.env.HOST ?? 'localhost', () => console.log(`Now listening on: http://localhost:${server.address().port}`));
