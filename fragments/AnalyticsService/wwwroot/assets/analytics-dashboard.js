import './visit-range.js';

/** Says under the chart which day the pointer is on: the chart's own tooltips need patience. */
export default root => {
  const chart = root.querySelector('.chart');
  if (!chart) return;

  const line = document.createElement('p');
  line.className = 'chart-told';
  line.setAttribute('aria-hidden', 'true');
  chart.append(line);
  chart.addEventListener('pointermove', event => { line.textContent = event.target.querySelector?.('title')?.textContent ?? ''; });
  chart.addEventListener('pointerleave', () => { line.textContent = ''; });
};
