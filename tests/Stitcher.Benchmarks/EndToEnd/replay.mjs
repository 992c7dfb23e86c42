// One recorded page of the shop in several forms, each at an origin of its own. What the machine needs to
// make a page is in none of them, so their times differ only by how the browser comes to its modules.
import { createServer } from 'node:http';
import { once } from 'node:events';

const importMap = /<script type="importmap">(.*?)<\/script>/s;
const preloads = /<link rel="modulepreload"[^>]*>/g;
const starter = /<script type="module" src="\/shop\.js"><\/script>/;
const passed = ['content-type', 'content-security-policy', 'link'];

/** Asks for the start page until all its services answered in time. */
export const recordPage = async (shop, services) => {
  for (let attempt = 0; attempt < 30; attempt++) {
    const answer = await fetch(shop, { headers: { 'accept-encoding': 'identity' } });
    const html = await answer.text();
    if (services.every(name => html.includes(`data-module="${name}/`)) && html.search(preloads) >= 0) {
      return { html, map: html.match(importMap)[1], headers: headersOf(answer) };
    }
  }

  throw new Error(`${shop} never came with a module of each of ${services.join(', ')}: is the whole shop running?`);
};

const headersOf = answer => Object.fromEntries(passed.filter(name => answer.headers.has(name)).map(name => [name, answer.headers.get(name)]));

/** The page without the links that name its modules ahead. */
export const withoutPreloads = page => ({ html: page.html.replace(preloads, ''), headers: withoutLinks(page.headers) });

/** The page that knows nothing of its modules but the address of a script that finds them. */
export const startedBy = (page, address) => ({
  html: page.html.replace(importMap, '').replace(preloads, '').replace(starter, `<script type="module" src="${address}"></script>`),
  headers: { 'content-type': page.headers['content-type'] },
});

const withoutLinks = ({ link: _, ...headers }) => headers;

/** Serves `page` at `/`, `files` at their paths and everything else as the shop gave it once. */
export const serve = async (shop, port, page, files = {}) => {
  const kept = new Map(Object.entries(files));
  kept.set('/', { body: Buffer.from(page.html), headers: page.headers });

  const fetchOnce = async path => {
    const answer = await fetch(new URL(path, shop));
    const file = { status: answer.status, body: Buffer.from(await answer.arrayBuffer()), headers: headersOf(answer) };
    if (answer.ok) kept.set(path, file);
    return file;
  };

  const server = createServer(async ({ url }, response) => {
    try {
      const { status = 200, body, headers } = kept.get(url) ?? await fetchOnce(url);
      response.writeHead(status, headers).end(body);
    } catch (error) {
      response.writeHead(502).end(String(error));
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
};
