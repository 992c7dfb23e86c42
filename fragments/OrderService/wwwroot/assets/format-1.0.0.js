// @shop/format 1.0.0: how the shop writes money and dates. Shared: the page takes the newest copy on offer, perhaps not this one.

const language = document.documentElement.lang || 'en';
const units = [['year', 31536000], ['month', 2592000], ['week', 604800], ['day', 86400], ['hour', 3600], ['minute', 60]];

/** @param {number} cents @param {string} [currency] */
export const money = (cents, currency = 'EUR') =>
  new Intl.NumberFormat(language, { style: 'currency', currency }).format(cents / 100);

/** "three weeks ago", from a date in ISO 8601. */
export const relativeDate = (iso, now = Date.now()) => {
  const seconds = (Date.parse(iso) - now) / 1000;
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.round(seconds / size), unit);
};

export const version = '1.0.0';
