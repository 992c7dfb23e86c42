// The page calls this with the fragment's root when it comes into view; what it returns is called when the fragment leaves.
// signal ends the listeners, refresh fetches the fragment again with other parameters and swaps it in, bus reaches the rest of the page.
export default function hydrate(root, { signal, refresh }) {
  const more = root.querySelector('[data-more]');
  if (!more || !refresh) return;
  more.hidden = false;
  more.addEventListener('click', () => refresh({ limit: more.dataset.more }), { signal });
}
