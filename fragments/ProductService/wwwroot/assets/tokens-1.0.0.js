// @shop/tokens 1.0.0: what scripts must know of the shop's look. Shared: one copy serves every part of a page.

export const marks = { free: '♡', kept: '♥' };

/** How long something may move, in milliseconds; not at all for readers who asked for calm. */
export const pace = () => matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 220;

export const version = '1.0.0';
