import { Product } from './product.js';

// The products service for other code: it reads what anybody may read, and changes what an administrator may, by the same addresses as the forms.

export class ProductApiError extends Error {
  constructor(status, answer) {
    super(answer?.message ?? answer?.error ?? `The shelves answered ${status}.`);
    this.name = 'ProductApiError';
    this.status = status;
    this.errors = answer?.errors ?? {};
  }
}

const read = async answer => {
  const body = (answer.headers.get('Content-Type') ?? '').includes('json') ? await answer.json() : null;
  if (!answer.ok || body === null) throw new ProductApiError(answer.status, body);
  return body;
};

/** @param {{base?: string, fetch?: typeof fetch}} [options] */
export const createProductApi = ({ base = '', fetch = globalThis.fetch.bind(globalThis) } = {}) => {
  const get = (path, signal) => fetch(base + path, { headers: { Accept: 'application/json' }, signal }).then(read);

  // A form's token proves that this service wrote the form for this session: one that stands on the page, or one of the page of new products.
  const token = async signal => {
    const field = document.querySelector('.stockroom input[name="form-token"]');
    if (field) return field.value;
    const page = await fetch(`${base}/admin/products/new`, { headers: { Accept: 'text/html' }, signal });
    const found = new DOMParser().parseFromString(await page.text(), 'text/html').querySelector('.stockroom input[name="form-token"]');
    if (!found) throw new ProductApiError(401, { message: 'Only administrators may change what is on the shelves.' });
    return found.value;
  };

  const post = async (path, values, signal) => {
    const body = new URLSearchParams({ ...values, 'form-token': await token(signal) });
    return read(await fetch(base + path, { method: 'POST', body, headers: { Accept: 'application/json' }, redirect: 'manual', signal }));
  };

  return {
    /** @param {{search?: string, category?: string, page?: number, sort?: string, size?: number}} [query] */
    async list(query = {}, { signal } = {}) {
      const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined && value !== ''));
      const found = await get(`/api/products?${parameters}`, signal);
      return { ...found, items: found.items.map(item => new Product(item)) };
    },

    /** @param {number} id */
    async get(id, { signal } = {}) {
      return new Product(await get(`/api/products/${encodeURIComponent(id)}`, signal));
    },

    /** Values as a form's fields: name, category, price, stock, tagline, description, maker, material, drawing. */
    create: (values, { signal } = {}) => post('/admin/products', values, signal),

    /** As create, with the version that was read. */
    update: (id, values, { signal } = {}) => post(`/admin/products/${encodeURIComponent(id)}`, values, signal),

    /** @param {number} id @param {number} version The version that was read. */
    remove: (id, version, { signal } = {}) => post(`/admin/products/${encodeURIComponent(id)}/delete`, { version }, signal),
  };
};

export const productApi = createProductApi();

export default productApi;
