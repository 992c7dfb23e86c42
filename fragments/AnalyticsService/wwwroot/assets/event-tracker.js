// Tells the counter what happens on the page: page views, products looked at, put in the cart, ordered. Nothing for readers who asked
// not to be followed. A visitor is a number that this browser makes up for a day; it is no cookie, and nobody else is told.

const address = '/track';
const mostAtOnce = 20;
const mostKept = 200;
const pause = 1500;
const longestPause = 60_000;
const names = new Set(['page_viewed', 'product_viewed', 'cart_item_added', 'order_placed', 'user_changed']);

const wantsCalm = () => navigator.globalPrivacyControl === true || navigator.doNotTrack === '1';

const number = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, '0')).join('');

/** Storage may be forbidden; then this page is a visit of its own. */
const stored = (storage, key, make) => {
  try {
    return JSON.parse(self[storage].getItem(key)) ?? make();
  } catch {
    return make();
  }
};
const store = (storage, key, value) => {
  try {
    self[storage].setItem(key, JSON.stringify(value));
  } catch {
    // Then it lasts as long as the page does.
  }
};

let visitor;
const today = () => new Date().toISOString().slice(0, 10);
const whoever = () => {
  visitor ??= stored('localStorage', 'shop:visitor', () => null);
  if (visitor?.day !== today()) store('localStorage', 'shop:visitor', visitor = { day: today(), number: number() });
  return visitor.number;
};

// What was not told yet outlives the page, for the next one to tell. Each event has its number, so what is told twice counts once.
let waiting = stored('sessionStorage', 'shop:untold', () => []);
let timer = 0;
let delay = pause;
let telling = false;

const keep = () => store('sessionStorage', 'shop:untold', waiting);
const body = events => JSON.stringify({ visitor: whoever(), events });
const later = milliseconds => { timer ||= setTimeout(tell, milliseconds); };

async function tell() {
  clearTimeout(timer);
  timer = 0;
  if (telling || waiting.length === 0) return;
  telling = true;
  const events = waiting.slice(0, mostAtOnce);
  try {
    const answer = await fetch(address, { method: 'POST', keepalive: true, headers: { 'Content-Type': 'application/json' }, body: body(events) });
    if (answer.status === 429 || answer.status >= 500) throw new Error(`The counter answered ${answer.status}.`);
    waiting = waiting.filter(event => !events.includes(event));
    delay = pause;
  } catch {
    delay = Math.min(longestPause, delay * 2);
  } finally {
    telling = false;
    keep();
    if (waiting.length > 0) later(delay);
  }
}

/** The last moment: what the browser takes over now it sends by itself, whatever becomes of the page. */
const hurry = () => {
  while (waiting.length > 0 && navigator.sendBeacon(address, new Blob([body(waiting.slice(0, mostAtOnce))], { type: 'application/json' }))) {
    waiting = waiting.slice(mostAtOnce);
  }
  keep();
};

/**
 * Tells the counter that something happened.
 * @param {'page_viewed' | 'product_viewed' | 'cart_item_added' | 'order_placed' | 'user_changed'} name
 * @param {{ path?: string, title?: string, productId?: number, quantity?: number, orderId?: number }} [data]
 * @returns {boolean} false when it is not told: an unknown name, or a reader who asked not to be followed
 */
export const trackEvent = (name, { path = location.pathname, title, productId, quantity, orderId } = {}) => {
  if (!names.has(name) || wantsCalm()) return false;
  waiting = [...waiting, { id: number(), name, path, title, productId, quantity, orderId }].slice(-mostKept);
  keep();
  if (waiting.length >= mostAtOnce) tell();
  else later(delay);
  return true;
};

const pathOf = route => String(route?.path ?? route ?? location.pathname).split(/[?#]/)[0];
const pathOfReferrer = () => {
  try {
    const { origin, pathname } = new URL(document.referrer);
    return origin === location.origin ? pathname : '';
  } catch {
    return '';
  }
};

let route = pathOfReferrer();
let counted = '';
const seen = value => {
  const path = pathOf(value);
  if (path === counted) return;
  const order = route === '/checkout' && /^\/orders\/(\d+)\/?$/.exec(path);
  counted = route = path;
  trackEvent('page_viewed', { path });
  if (order) trackEvent('order_placed', { path, orderId: Number(order[1]) });
};

export default (root, { bus, signal = new AbortController().signal } = {}) => {
  const on = bus?.on ?? (() => {});
  on('currentRoute', seen, { signal });
  if (counted === '') seen(location.pathname);
  on('product:selected', product => trackEvent('product_viewed', { productId: Number(product.id), title: product.name }), { signal, replay: false });
  on('cart:item-added', item => trackEvent('cart_item_added', { productId: Number(item.id), title: item.name, quantity: Number(item.quantity ?? 1) }), { signal, replay: false });
  on('user:changed', user => {
    // What came before belongs to whoever was there before.
    hurry();
    trackEvent('user_changed', { title: user ? 'in' : 'out' });
  }, { signal, replay: false });
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') hurry(); }, { signal });
  addEventListener('pagehide', hurry, { signal });
  if (waiting.length > 0) later(0);
};
