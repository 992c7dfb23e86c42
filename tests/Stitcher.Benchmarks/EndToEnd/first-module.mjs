// How long a reader far away waits for the first federated module: a page that the gateway made beside the same
// page and modules put together in the browser. README.md says how to run it and what it showed.
import { gzipSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { openBrowser } from './browser.mjs';
import { folderOf, remoteEntryOf, startOf } from './orchestrated.mjs';
import { recordPage, serve, startedBy, withoutPreloads } from './replay.mjs';

const { values: options } = parseArgs({ options: {
  'base-port': { type: 'string', default: '3000' },
  'own-port': { type: 'string', default: '3010' },
  tools: { type: 'string' },
  browser: { type: 'string', default: 'chromium' },
  latency: { type: 'string', default: '60' },
  loads: { type: 'string', default: '9' },
} });
if (!options.tools) throw new Error('--tools is missing: the folder where @softarc/native-federation-orchestrator and esbuild are installed.');

const [basePort, ownPort, latency, loads] = ['base-port', 'own-port', 'latency', 'loads'].map(name => Number(options[name]));
const shop = `http://localhost:${basePort}/`;

// Runs before any script of a page. A fragment is marked awake when its module was evaluated and called; the
// first element is defined when the deepest chain of imports, down to the packages below lit, was evaluated.
const watch = `
  globalThis.marks = {};
  const mark = name => { marks[name] ??= performance.now(); };
  const define = customElements.define;
  customElements.define = function (...all) { mark('element'); return define.apply(this, all); };
  new MutationObserver(() => mark('module')).observe(document, { subtree: true, attributeFilter: ['data-awake'] });`;

const reached = `(async () => {
  const end = performance.now() + 8000;
  while (!(marks.module && marks.element && document.readyState === 'complete') && performance.now() < end) await new Promise(done => setTimeout(done, 20));
  const modules = performance.getEntriesByType('resource').filter(({ name }) => /\\/_s\\/.*\\.m?js$/.test(name));
  return { ...marks, requests: modules.length };
})()`;

const load = async (browser, address) => {
  await browser.send('Page.navigate', { url: 'about:blank' });
  await browser.send('Page.navigate', { url: address });
  return browser.evaluate(reached);
};

const median = numbers => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const row = (name, all) => {
  const of = key => all.map(one => one[key]);
  const [module, element] = [of('module'), of('element')];
  return {
    variant: name, 'first module (ms)': Math.round(median(module)), 'first element (ms)': Math.round(median(element)),
    'element, least to most': `${Math.round(Math.min(...element))} to ${Math.round(Math.max(...element))}`,
    'module requests': median(of('requests')), loads: all.length,
  };
};

const manifests = await Promise.all([2, 3, 4, 5].map(async offset =>
  (await fetch(`http://localhost:${basePort + offset}/.well-known/stitcher.json`)).json()));
const page = await recordPage(shop, manifests.map(({ name }) => name));

const remotes = Object.fromEntries(manifests.map(manifest => [manifest.name, `${folderOf(manifest)}/remoteEntry.json`]));
const entries = Object.fromEntries(manifests.map(manifest =>
  [remotes[manifest.name], { body: Buffer.from(JSON.stringify(remoteEntryOf(manifest))), headers: { 'content-type': 'application/json' } }]));
const script = async next => {
  const body = Buffer.from(await startOf(options.tools, remotes, next));
  return { ...entries, '/start.js': { body, headers: { 'content-type': 'text/javascript' } } };
};

const wake = await readFile(new URL('./wake.js', import.meta.url), 'utf8');
const bare = {
  html: '<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="/start.js"></script></head><body></body></html>',
  headers: { 'content-type': 'text/html' },
};
const first = 'await import("products/ProductCatalog"); document.body.dataset.awake = "";';

const whole = await script(wake);
const servers = await Promise.all([
  serve(shop, ownPort, page),
  serve(shop, ownPort + 1, withoutPreloads(page)),
  serve(shop, ownPort + 2, startedBy(page, '/start.js'), whole),
  serve(shop, ownPort + 3, bare, await script(first)),
]);
const variants = [
  ['gateway, live', shop],
  ['gateway, recorded', `http://localhost:${ownPort}/`],
  ['gateway, recorded, no preloads', `http://localhost:${ownPort + 1}/`],
  ['orchestrator, the same page', `http://localhost:${ownPort + 2}/`],
  ['orchestrator, an empty page', `http://localhost:${ownPort + 3}/`],
].map(([name, address]) => ({ name, address, seen: [], missed: 0 }));

const before = loadavg()[0];
const browser = await openBrowser(options.browser, ownPort + 9);
try {
  await browser.send('Page.enable');
  await browser.send('Network.enable');
  await browser.send('Page.addScriptToEvaluateOnNewDocument', { source: watch });
  // Once unmeasured: what the shop gave is then in this program's memory, and the browser has compiled what it compiles once.
  for (const { address } of variants) await load(browser, address);

  await browser.send('Network.setCacheDisabled', { cacheDisabled: true });
  await browser.send('Network.emulateNetworkConditions', { offline: false, latency, downloadThroughput: -1, uploadThroughput: -1 });
  // In turns, so that what else the machine does falls on all alike.
  for (let turn = 0; turn < loads; turn++) {
    for (const variant of variants) {
      const marks = await load(browser, variant.address);
      if (marks.module && marks.element) variant.seen.push(marks);
      else variant.missed++;
    }
  }
} finally {
  await browser.close();
  servers.forEach(server => { server.close(); server.closeAllConnections(); });
}

console.table(variants.filter(({ seen }) => seen.length > 0).map(({ name, seen }) => row(name, seen)));
const { imports, scopes = {}, integrity = {} } = JSON.parse(page.map);
const scoped = Object.values(scopes).reduce((sum, names) => sum + Object.keys(names).length, 0);
console.log(`import map on ${shop}: ${Buffer.byteLength(page.map)} bytes, ${gzipSync(page.map).length} with gzip;`,
  `${Object.keys(imports).length} imports, ${scoped} in ${Object.keys(scopes).length} scopes, ${Object.keys(integrity).length} hashes;`,
  `${page.html.match(/<link rel="modulepreload"/g).length} preloads`);
console.log(`page: ${Buffer.byteLength(page.html)} bytes, ${gzipSync(page.html).length} with gzip; orchestrator's file: ${whole['/start.js'].body.length} bytes,`,
  `${gzipSync(whole['/start.js'].body).length} with gzip; four remote entries: ${Object.values(entries).reduce((sum, { body }) => sum + body.length, 0)} bytes`);
console.log(`${latency} ms added; load average ${before.toFixed(1)} before, ${loadavg()[0].toFixed(1)} after;`,
  `loads without a mark: ${variants.map(({ name, missed }) => `${name} ${missed}`).join(', ')}`);
