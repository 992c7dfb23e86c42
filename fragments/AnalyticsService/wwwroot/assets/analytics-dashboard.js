import './visit-range.js';

const usualPause = 15_000;

/** A reader who is at something is not disturbed: figures that jump under a hand or an open table are worse than old ones. */
const isInUse = root => root.matches(':hover, :focus-within') || root.querySelector('details[open]') !== null;

/** Says under the chart which day the pointer is on, for the chart's own tooltips need patience; and keeps the figures fresh. */
export default (root, { signal, refresh } = {}) => {
  const chart = root.querySelector('.chart');
  if (chart) {
    const line = chart.querySelector('.chart-told');
    chart.addEventListener('pointermove', event => { line.textContent = event.target.querySelector?.('title')?.textContent ?? ''; });
    chart.addEventListener('pointerleave', () => { line.textContent = ''; });
  }

  if (!refresh || !signal || !root.dataset.fragment) return;
  const renew = () => { if (document.visibilityState === 'visible' && !isInUse(root)) refresh().catch(() => {}); };
  const timer = setInterval(renew, usualPause);
  signal.addEventListener('abort', () => clearInterval(timer));
  document.addEventListener('visibilitychange', renew, { signal });
};
