// What the reader keeps for later. Lives in this browser only; every change is told to the page as "shop:kept".

const place = 'shop:kept';

const read = () => {
  try {
    const list = JSON.parse(localStorage.getItem(place) ?? '[]');
    return Array.isArray(list) ? list : [];
  } catch {
    // Storage may be full, forbidden or spoilt; the shop works without.
    return [];
  }
};

export const keptThings = () => read();

export const isKept = id => read().some(thing => thing.id === id);

export const toggleKept = thing => {
  const list = read();
  const rest = list.filter(other => other.id !== thing.id);
  const next = rest.length < list.length ? rest : [...rest, thing];
  try {
    localStorage.setItem(place, JSON.stringify(next));
  } catch {
    // As above.
  }
  window.dispatchEvent(new CustomEvent('shop:kept', { detail: next }));
};

/** Calls back now, on every change here, and on every change in another window. Returns how to stop. */
export const onKept = callback => {
  const here = () => callback(read());
  const elsewhere = event => { if (event.key === place) here(); };
  window.addEventListener('shop:kept', here);
  window.addEventListener('storage', elsewhere);
  here();
  return () => {
    window.removeEventListener('shop:kept', here);
    window.removeEventListener('storage', elsewhere);
  };
};
