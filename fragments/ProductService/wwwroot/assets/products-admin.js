// As one types, rows that do not fit are put aside; Enter looks through all pages.

const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export default root => {
  const field = root.querySelector('.stockroom-search input[type="search"]');
  const rows = [...root.querySelectorAll('.stockroom-table tbody tr')].map(row => ({ row, text: plain(row.textContent) }));
  const off = new AbortController();
  const begun = plain(field.value);
  field.addEventListener('input', () => {
    const words = plain(field.value).split(/\s+/).filter(word => word !== '' && !begun.includes(word));
    for (const { row, text } of rows) row.hidden = !words.every(word => text.includes(word));
  }, { signal: off.signal });
  return () => off.abort();
};
