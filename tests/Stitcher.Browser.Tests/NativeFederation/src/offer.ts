import { clsx } from 'clsx';
import { LitElement, html } from 'lit';

/** What the shop recommends today. */
export class ShopOffer extends LitElement {
  static override properties = { name: {}, urgent: { type: Boolean } };

  declare name: string;
  declare urgent: boolean;

  override createRenderRoot() {
    return this;
  }

  override render() {
    return html`<p class=${clsx('offer', this.urgent && 'offer-urgent')}>Today: ${this.name}</p>`;
  }
}

customElements.define('shop-offer', ShopOffer);

export default (root: HTMLElement) => root.append(document.createElement('shop-offer'));
