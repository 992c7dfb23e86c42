// A look is tried on as soon as it is chosen, and kept when the form is sent.

import { submit } from '@stitcher/live';

export default (root, { signal, bus }) => {
  const form = root.querySelector('form');
  const kept = form.elements.theme.value;
  let isSent = false;
  const show = theme => bus.emit('theme:changed', theme, { from: 'users/UserPreferences' });

  form.addEventListener('change', event => {
    if (event.target.name === 'theme') show(event.target.value);
  }, { signal });
  form.addEventListener('submit', event => {
    event.preventDefault();
    isSent = true;
    void submit(form, { signal });
  }, { signal });

  return () => {
    if (!isSent && form.elements.theme.value !== kept) show(kept);
  };
};
