/** Says before it is sent that a shelf needs a name. */
export default root => {
  const off = new AbortController();
  root.addEventListener('submit', event => {
    const name = event.target.elements.namedItem('name');
    if (!name || name.value.trim() !== '') return;

    event.preventDefault();
    event.stopImmediatePropagation();
    event.target.querySelector('[data-error-for="name"]').textContent = 'Write a name.';
    name.setAttribute('aria-invalid', 'true');
    name.focus();
  }, { signal: off.signal, capture: true });
  for (const form of root.querySelectorAll('form')) form.noValidate = true;
  return () => off.abort();
};
