import { check, validate } from './product.js';

const place = (form, field) => form.querySelector(`[data-error-for="${field}"]`);

const tell = (form, field, message) => {
  const control = form.elements.namedItem(field);
  place(form, field).textContent = message ?? '';
  if (message === null) control.removeAttribute('aria-invalid');
  else control.setAttribute('aria-invalid', 'true');
};

/** Says what is wrong with a field when one leaves it, and does not send a form that would come back. */
export default root => {
  const form = root.querySelector('form');
  const off = new AbortController();
  if (!form || !form.elements.namedItem('name')) return undefined;

  // Ours says which field and why, in the service's own words; the browser's would stop at the first.
  form.noValidate = true;

  // A sentence that appeared while a button is pressed would push the button from under the pointer; sending says it anyway.
  let isPressing = false;
  form.addEventListener('pointerdown', event => { isPressing = event.target.closest('button') !== null; }, { signal: off.signal });
  for (const type of ['pointerup', 'pointercancel']) document.addEventListener(type, () => { isPressing = false; }, { signal: off.signal });

  form.addEventListener('focusout', event => {
    const { name, value } = event.target;
    if (!isPressing && place(form, name) && value !== '') tell(form, name, check(name, value));
  }, { signal: off.signal });
  form.addEventListener('submit', event => {
    const errors = validate(Object.fromEntries(new FormData(form)));
    for (const message of form.querySelectorAll('[data-error-for]')) tell(form, message.dataset.errorFor, errors[message.dataset.errorFor] ?? null);
    const [first] = Object.keys(errors);
    if (first === undefined) return;

    event.preventDefault();
    event.stopImmediatePropagation();
    form.querySelector('.form-message').textContent = 'Please look at what is marked below. Nothing has been saved yet.';
    form.elements.namedItem(first).focus();
  }, { signal: off.signal, capture: true });
  return () => off.abort();
};
