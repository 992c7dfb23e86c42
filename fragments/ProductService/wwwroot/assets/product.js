import { money } from '@shop/format';

// What a product's fields may hold. The service has the same rules in the same words (Administration/ProductRules.cs); a test holds them together.

export const rules = {
  name: { what: 'a name', longest: 60, required: true, line: true },
  category: { choose: 'Choose the shelf that it stands on.' },
  price: { most: 9999999 },
  stock: { most: 9999 },
  tagline: { what: 'a tagline', longest: 100, required: true, line: true },
  description: { what: 'a description', longest: 600, required: true },
  maker: { what: 'a maker', longest: 60, required: true, line: true },
  material: { what: 'a material', longest: 80, line: true },
  drawing: { choose: 'Choose a drawing.' },
};

const price = /^(?:€ ?)?([0-9]{1,7})(?:[.,]([0-9]{1,2}))?(?: ?€)?$/;
const special = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const seen = /[^\s\p{Cc}\p{Cf}\p{Mn}\p{Me}]/u;

/** Cents of "24", "24.5", "24,50" or "€24.00"; null for anything else. */
export const parsePrice = text => {
  const [, euros, cents = ''] = price.exec(String(text).trim()) ?? [];
  return euros === undefined ? null : Number(euros) * 100 + Number(cents.padEnd(2, '0'));
};

/** As the page's language writes it. @param {number} cents */
export const formatPrice = cents => money(cents);

const text = (value, { what, longest, required, line }) =>
  special.test(line ? value : value.replace(/[\n\t]/g, '')) ? `Write ${what} ${line ? 'in one line, ' : ''}without special signs.`
    : !seen.test(value) ? (required ? `Write ${what}.` : null)
      : value.length > longest ? `Write ${what} of ${longest} characters or fewer; this is ${value.length}.`
        : null;

const checks = {
  price: value => {
    const cents = parsePrice(value);
    return cents === null ? 'Write a price in euros, such as 24.00.'
      : cents < 1 || cents > rules.price.most ? 'Write a price from 0.01 to 99999.99 euros.'
        : null;
  },
  stock: value =>
    !/^[0-9]+$/.test(value) || Number(value) > 2147483647 ? 'Write how many there are, as a whole number.'
      : Number(value) > rules.stock.most ? `Write a number of pieces from 0 to ${rules.stock.most}.`
        : null,
};

/** What is wrong with one field, in a sentence; null when nothing is. */
export const check = (field, value) => {
  const rule = rules[field];
  const trimmed = String(value ?? '').trim();
  return rule === undefined ? null
    : rule.choose ? (trimmed === '' ? rule.choose : null)
      : (checks[field] ?? (entry => text(entry, rule)))(trimmed);
};

/** A sentence for each field that will not do, in the form's order. Whether a name is taken only the service knows. */
export const validate = values => Object.fromEntries(
  Object.keys(rules).map(field => [field, check(field, values[field])]).filter(([, message]) => message !== null));

/** One product, as GET /api/products/{id} tells it. */
export class Product {
  constructor(values) {
    Object.assign(this, values);
  }

  get cents() { return this.priceCents; }
  get soldOut() { return this.stock === 0; }
  get formattedPrice() { return formatPrice(this.priceCents); }

  /** As a form's fields. */
  toFields() {
    const { name, category, maker, tagline, description, material, stock, version } = this;
    return { name, category, maker, tagline, description, material, stock: String(stock), version: String(version ?? ''), price: (this.priceCents / 100).toFixed(2) };
  }
}

export default Product;
