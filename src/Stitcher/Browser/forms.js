// Sends forms without leaving the page: messages go beside their fields, topics to the bus, and what comes next is a page like any other.

import bus from '@stitcher/bus';
import { navigate } from '@stitcher/live';

const words = {
  en: 'This could not be sent. Nothing was lost; please try again.',
  de: 'Das konnte nicht gesendet werden. Nichts ist verloren, bitte noch einmal versuchen.',
  fr: 'L’envoi a échoué. Rien n’est perdu, veuillez réessayer.',
};

/** @type {WeakSet<HTMLFormElement>} */
const sending = new WeakSet();

const controlOf = (form, field) => {
  const found = form.elements.namedItem(field);
  return found instanceof RadioNodeList ? found[0] : found;
};

const say = (form, sentence) => {
  const place = form.querySelector('.form-message, [data-form-message]');
  if (place) Object.assign(place, { textContent: sentence ?? '', hidden: !sentence });
};

const clear = form => {
  say(form, '');
  for (const place of form.querySelectorAll('[data-error-for]')) place.textContent = '';
  for (const control of form.querySelectorAll('[aria-invalid]')) control.removeAttribute('aria-invalid');
};

const showErrors = (form, { errors = {}, message, token }) => {
  say(form, message);
  // The form had been open for too long: with this one it can be sent again as it is.
  if (token) controlOf(form, 'form-token')?.setAttribute('value', token);
  let first;
  for (const [field, sentence] of Object.entries(errors)) {
    const place = form.querySelector(`[data-error-for="${CSS.escape(field)}"]`);
    if (place) Object.assign(place, { textContent: sentence, hidden: false });
    const control = controlOf(form, field);
    if (!control) continue;
    control.setAttribute('aria-invalid', 'true');
    if (place?.id) {
      const described = new Set((control.getAttribute('aria-describedby') ?? '').split(/\s+/).filter(Boolean)).add(place.id);
      control.setAttribute('aria-describedby', [...described].join(' '));
    }
    first ??= control;
  }
  first?.focus();
};

const succeed = (form, told) => {
  for (const [topic, value] of Object.entries(told.topics ?? {})) bus.emit(topic, value, { retain: !topic.includes(':'), from: form.closest('[data-module]')?.dataset.module });
  say(form, told.message);
  form.dispatchEvent(new CustomEvent('stitcher:sent', { bubbles: true, detail: told }));
  if (told.location && new URL(told.location, document.baseURI).origin === location.origin) navigate(told.location);
};

/** Somebody answered who does not speak JSON: a browser knows what to do with that. */
const leaveToBrowser = (form, action, answer) => {
  if (answer.type === 'opaqueredirect') navigate(action);
  else if (answer.status >= 400 && answer.status < 500) form.submit();
  else return false;
  return true;
};

/**
 * Sends a form and shows what comes of it. While it is on its way it is not sent again.
 * @param {HTMLFormElement} form
 * @param {{ signal?: AbortSignal, submitter?: HTMLElement | null }} [options]
 * @returns {Promise<{ ok: boolean, location?: string, topics?: Record<string, unknown>, errors?: Record<string, string>, message?: string } | undefined>}
 */
export const submit = async (form, { signal, submitter = null } = {}) => {
  if (sending.has(form)) return undefined;
  sending.add(form);
  form.setAttribute('aria-busy', 'true');
  const data = new FormData(form, submitter);
  const action = new URL(submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? '', document.baseURI).href;
  clear(form);
  try {
    if (new URL(action).origin !== location.origin) throw new Error(`${action} is of another site.`);
    const body = form.enctype === 'multipart/form-data' ? data : new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));
    const answer = await fetch(action, { method: 'POST', body, headers: { accept: 'application/json' }, redirect: 'manual', signal });
    if (/^application\/(.+\+)?json\b/.test(answer.headers.get('content-type') ?? '')) {
      const told = await answer.json();
      if (told.ok) succeed(form, told);
      else showErrors(form, told.errors || told.message ? told : { message: words[document.documentElement.lang.slice(0, 2)] ?? words.en });
      return told;
    }
    if (leaveToBrowser(form, action, answer)) return undefined;
    throw new Error(`${action} answered ${answer.status}.`);
  } catch (error) {
    if (signal?.aborted) return undefined;
    console.warn('A form could not be sent.', error);
    say(form, words[document.documentElement.lang.slice(0, 2)] ?? words.en);
    return { ok: false };
  } finally {
    sending.delete(form);
    form.removeAttribute('aria-busy');
  }
};
