// What each page of the shop costs a reader, by the browser's own timings: bytes of JavaScript, largest contentful paint, layout shift, and what axe finds.
//   node --experimental-websocket pages.mjs --tools ../axe [--base-port 3000] [--sign-in mail:password] [--look 390] [--colours light] [--pictures folder]
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser } from './browser.mjs';

const { values: options } = parseArgs({
  options: {
    'base-port': { type: 'string', default: '3000' },
    'own-port': { type: 'string', default: '19400' },
    browser: { type: 'string', default: '/usr/bin/chromium' },
    tools: { type: 'string' },
    'sign-in': { type: 'string' },
    pages: { type: 'string', default: '/,/products,/products/7,/cart,/checkout,/orders,/orders/1,/sign-in,/preferences,/admin,/admin/products/new,/admin/products/7,/admin/categories,/analytics' },
    look: { type: 'string', default: '1440,390' },
    colours: { type: 'string', default: 'light,dark' },
    pictures: { type: 'string' },
  },
});

const shop = `http://localhost:${options['base-port']}`;
const axe = options.tools && await readFile(join(options.tools, 'node_modules/axe-core/axe.min.js'), 'utf8');
const heights = { 390: 844, 1440: 1000 };
const still = 400;

// Both are told to observers only; they are buffered, so it is early enough to ask when the page is there.
const timings = `new Promise(done => {
  let paint = 0, what = '', shift = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) { paint = entry.startTime; what = entry.element?.className || entry.element?.localName || ''; } }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => {
    const scripts = performance.getEntriesByType('resource').filter(entry => /\\.js(\\?|$)/.test(entry.name));
    done({
      status: performance.getEntriesByType('navigation')[0].responseStatus,
      paint, what, shift,
      scripts: scripts.length,
      sent: scripts.reduce((sum, entry) => sum + entry.encodedBodySize, 0),
      decoded: scripts.reduce((sum, entry) => sum + entry.decodedBodySize, 0),
      wide: document.documentElement.scrollWidth,
      failed: document.querySelectorAll('[data-boundary=failed]').length,
      asleep: document.querySelectorAll('[data-module]:not([data-awake]):not([data-hydrate=interaction]):not([data-hydrate=visible])').length,
    });
  }, ${still});
})`;

const findings = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(rule => ({ impact: rule.impact, id: rule.id, nodes: rule.nodes.map(node => String(node.target)) })))`;

const browser = await openBrowser(options.browser, Number(options['own-port']));
const { send, evaluate } = browser;

const until = async condition => {
  for (let tries = 0; tries < 400; tries++) {
    if (await evaluate(condition).catch(() => false)) return;
    await new Promise(done => setTimeout(done, 50));
  }

  throw new Error(`Not so within 20 s: ${condition}`);
};

const go = async address => {
  const before = await evaluate('performance.timeOrigin');
  await send('Page.navigate', { url: address });
  await until(`performance.timeOrigin !== ${before} && document.readyState === 'complete'`);
};

const look = async (width, colour) => {
  await send('Emulation.setDeviceMetricsOverride', { width, height: heights[width] ?? 900, deviceScaleFactor: 1, mobile: false });
  // Those of phones take no room; a page would be 15 px narrower than it says.
  await send('Emulation.setScrollbarsHidden', { hidden: true });
  await send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: colour }] });
};

try {
  await send('Page.enable');
  await send('Network.enable');
  if (options['sign-in']) {
    const [mail, password] = options['sign-in'].split(':');
    await go(`${shop}/sign-in`);
    await evaluate(`{
      const form = document.querySelector('main form');
      form.querySelector('input[type=email], input[name=email]').value = ${JSON.stringify(mail)};
      form.querySelector('input[type=password]').value = ${JSON.stringify(password)};
      HTMLFormElement.prototype.submit.call(form);
    }`);
    await until(`location.pathname !== '/sign-in' && document.readyState === 'complete'`);

    // Where the machine is busy, the head of the page may be shown without who is signed in.
    for (let tries = 0; tries < 10 && !await evaluate(`document.querySelector('[data-user]') !== null`); tries++) await go(`${shop}/preferences`);
    if (!await evaluate(`document.querySelector('[data-user]') !== null`)) throw new Error('Nobody is signed in: is the password right?');

    // An empty cart has neither a sum nor a form to pay by.
    await go(`${shop}/products/7`);
    await evaluate(`HTMLFormElement.prototype.submit.call(document.querySelector('form[action^="/cart"]'))`);
    await until(`location.pathname === '/cart' && document.readyState === 'complete'`);
  }

  console.log('| page | width | colours | status | scripts | JavaScript, KB sent (whole) | largest paint, ms | its element | layout shift | axe: serious and critical | other |');
  console.log('|---|---|---|---|---|---|---|---|---|---|---|');
  const told = [];
  for (const page of options.pages.split(',')) {
    for (const width of options.look.split(',').map(Number)) {
      for (const colour of options.colours.split(',')) {
        await look(width, colour);
        await send('Network.clearBrowserCache');
        await go(shop + page);
        const seen = await evaluate(timings);
        if (seen.status === 0) throw new Error(`${shop}${page} did not answer; is the shop running?`);
        let found = [];
        if (axe) {
          await evaluate(axe);
          found = await evaluate(findings);
        }

        const bad = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        const kilobytes = bytes => (bytes / 1000).toFixed(1);
        console.log(`| \`${page}\` | ${width} | ${colour} | ${seen.status} | ${seen.scripts} | ${kilobytes(seen.sent)} (${kilobytes(seen.decoded)}) | ${Math.round(seen.paint)} | ${seen.what} | ${seen.shift.toFixed(3)} | ${axe ? bad.length : 'not asked'} | ${axe ? found.length - bad.length : ''} |`);
        for (const { impact, id, nodes } of found) told.push(`${page} ${width} ${colour}: ${impact} ${id}: ${nodes.join('; ')}`);
        if (seen.wide > width) told.push(`${page} ${width} ${colour}: ${seen.wide} px wide`);
        if (seen.failed > 0) told.push(`${page} ${width} ${colour}: ${seen.failed} modules failed`);
        if (seen.asleep > 0) told.push(`${page} ${width} ${colour}: ${seen.asleep} modules did not wake`);
        if (options.pictures) {
          await mkdir(options.pictures, { recursive: true });
          const { cssContentSize } = await send('Page.getLayoutMetrics');
          const { data } = await send('Page.captureScreenshot', { captureBeyondViewport: true, clip: { x: 0, y: 0, width, height: Math.min(cssContentSize.height, 3000), scale: 1 } });
          await writeFile(join(options.pictures, `${page === '/' ? 'start' : page.slice(1).replaceAll('/', '-').replace(/\W+/g, '-')}-${width}-${colour}.png`), Buffer.from(data, 'base64'));
        }
      }
    }
  }

  if (told.length > 0) console.log(`\n${told.map(line => `- ${line}`).join('\n')}`);
} finally {
  await browser.close();
}
