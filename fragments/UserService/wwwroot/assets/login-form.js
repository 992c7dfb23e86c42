// Signing in without leaving the page: the form is sent by script, what is wrong is said beside its field, and the page goes on.

import { submit } from '@stitcher/live';

export default (root, { signal }) => {
  const form = root.querySelector('form');
  form?.addEventListener('submit', event => {
    event.preventDefault();
    void submit(form, { signal });
  }, { signal });
};
