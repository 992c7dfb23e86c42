import { LitElement, html, nothing } from 'lit';
import { pace } from '@shop/tokens';

const dayOf = bar => bar.querySelector('title').textContent.split(':')[0];

// What the reader chose stays when the figures are fetched again.
let chosen = 0;

/** Shows all days of the chart beside it, or only the last ones. The chart is the server's; this only moves its frame. */
export class VisitRange extends LitElement {
  static properties = { days: { state: true } };

  constructor() {
    super();
    this.days = 0;
  }

  // The fragment's own style sheet gives the buttons their look.
  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.chart = this.parentElement.querySelector('.chart');
    this.frame = this.chart.querySelector('svg').viewBox.baseVal;
    this.whole = { x: this.frame.x, width: this.frame.width };
    this.bars = [...this.chart.querySelectorAll('.chart-bar')];
    this.days = this.bars.length;
    if (chosen > 0 && chosen < this.bars.length) this.show(chosen, 0);
  }

  render() {
    const choices = [this.bars.length, 30, 14, 7].filter((days, index) => index === 0 || days < this.bars.length);
    return choices.length < 2 ? nothing : html`
      <div class="range-choices" role="group" aria-label="Days in the chart">
        ${choices.map(days => html`
          <button type="button" aria-pressed=${this.days === days} @click=${() => this.choose(days)}>
            ${days === this.bars.length ? `All ${days} days` : `Last ${days}`}
          </button>`)}
      </div>`;
  }

  choose(days) {
    chosen = days;
    this.show(days, pace());
  }

  show(days, length) {
    this.days = days;
    const width = this.whole.width * days / this.bars.length;
    this.move(this.whole.x + this.whole.width - width, width, length);
    const shown = this.bars.slice(-days);
    const marks = [...this.chart.querySelectorAll('.chart-days span')];
    for (const [index, mark] of marks.entries()) {
      mark.textContent = dayOf(shown[Math.round(index * (shown.length - 1) / (marks.length - 1))]);
    }
  }

  move(x, width, length) {
    const from = { x: this.frame.x, width: this.frame.width };
    const start = performance.now();
    const step = now => {
      const part = length === 0 ? 1 : Math.min(1, (now - start) / length);
      this.frame.x = from.x + (x - from.x) * part;
      this.frame.width = from.width + (width - from.width) * part;
      if (part < 1) requestAnimationFrame(step);
    };
    step(start);
  }
}

customElements.get('visit-range') ?? customElements.define('visit-range', VisitRange);
