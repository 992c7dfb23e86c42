// @shop/tokens 1.1.0: what scripts must know of the shop's look. Shared: one copy serves every part of a page. Colours, type and measures
// are the page's custom properties and are written nowhere else; this reads them.

export const marks = { free: '♡', kept: '♥' };

/** The names of the page's tokens, without their hyphens. */
export const names = [
  'paper', 'surface', 'sunken', 'ink', 'quiet', 'line', 'field-line', 'accent', 'on-accent', 'glow',
  'alert', 'alert-surface', 'good', 'good-surface', 'note-surface', 'display', 'text', 'mono', 'radius',
];

/** A token as it is at an element: a colour is the one of the light or dark look that the reader has there. */
export const token = (name, at = document.documentElement) => {
  const written = getComputedStyle(at).getPropertyValue(`--${name}`).trim();
  if (!written.startsWith('light-dark(')) return written;

  // A custom property is text; only where a colour is used does the browser choose.
  const probe = document.createElement('i');
  probe.hidden = true;
  probe.style.setProperty('color', `var(--${name})`);
  at.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
};

/** How long something may move, in milliseconds; not at all for readers who asked for calm. */
export const pace = () => matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 220;

export const version = '1.1.0';
