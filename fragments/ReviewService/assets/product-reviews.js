// Sends the form without leaving the page, and fetches the fragment again when something new is in it.
// Without this file the form works as forms do.

export default function hydrate(root, { signal, refresh } = {}) {
  const form = root.querySelector('.reviews-form');
  if (!form) return;

  const message = form.querySelector('.form-message');
  const complain = (errors, sentence) => {
    for (const place of form.querySelectorAll('[data-error-for]')) {
      const field = form.elements[place.dataset.errorFor];
      const owner = field instanceof RadioNodeList ? form.querySelector('fieldset') : field;
      place.textContent = errors[place.dataset.errorFor] ?? '';
      if (place.textContent) {
        owner.setAttribute('aria-invalid', 'true');
        owner.setAttribute('aria-describedby', place.id);
      } else {
        owner.removeAttribute('aria-invalid');
        owner.removeAttribute('aria-describedby');
      }
    }

    message.textContent = sentence;
    message.removeAttribute('role');
    if (!sentence) return;
    message.setAttribute('role', 'alert');
    form.querySelector('[aria-invalid] input, input[aria-invalid], textarea[aria-invalid]')?.focus();
  };

  form.addEventListener('submit', async event => {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    try {
      const response = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { Accept: 'application/json' }, signal });
      const answer = await response.json();
      if (!answer.ok) complain(answer.errors, answer.message);
      else if (refresh) await refresh({ sent: 1 });
      else location.assign(answer.location);
    } catch (error) {
      if (error.name !== 'AbortError') complain({}, 'This could not be sent just now. Nothing is lost: please try again.');
    } finally {
      button.disabled = false;
    }
  }, { signal });
}
