import { LitElement, html } from 'lit';
import { marks } from '@shop/tokens';
import { onKept, toggleKept } from './kept.js';

const looks = {
  card: { className: 'product-keep', free: () => marks.free, kept: () => marks.kept, label: name => `Keep ${name} for later` },
  detail: { className: 'detail-button', free: () => 'Keep for later', kept: () => 'Kept. Let it go?', label: () => undefined },
};

/** The button that keeps a product for later or lets it go. The product is that of the part it stands in. */
export class ProductKeep extends LitElement {
  static properties = { look: {}, kept: { state: true } };

  constructor() {
    super();
    this.look = 'card';
    this.kept = false;
  }

  // The fragment's own style sheet gives the button its look.
  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    const { product, name, cents } = this.closest('[data-product]').dataset;
    this.thing = { id: Number(product), name, cents: Number(cents) };
    this.stop = onKept(list => { this.kept = list.some(thing => thing.id === this.thing.id); });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.stop();
  }

  render() {
    const look = looks[this.look] ?? looks.card;
    const label = look.label(this.thing.name);
    const text = this.kept ? look.kept() : look.free();
    return label
      ? html`<button type="button" class=${look.className} aria-pressed=${this.kept} aria-label=${label} @click=${this.toggle}>${text}</button>`
      : html`<button type="button" class=${look.className} aria-pressed=${this.kept} @click=${this.toggle}>${text}</button>`;
  }

  toggle() {
    toggleKept(this.thing);
  }
}

customElements.get('product-keep') ?? customElements.define('product-keep', ProductKeep);
