import { navigate } from '@stitcher/live';

const sound = digits => /^\d{12,19}$/.test(digits)
  && [...digits].reverse().reduce((sum, digit, place) => sum + (place % 2 ? (digit * 2) % 9 || (digit === '9' ? 9 : 0) : Number(digit)), 0) % 10 === 0;

/** The server's further rules; the sentences stand at the fields. */
const checks = {
  card: (value, field, pretended) => {
    const digits = value.replace(/[ -]/g, '');
    return !sound(digits) ? field.dataset.broken : !pretended.includes(digits) ? field.dataset.refused : '';
  },
  expiry: (value, field) => {
    const now = new Date();
    const months = (2000 + Number(value.slice(-2))) * 12 + Number(value.slice(0, 2));
    return months < now.getUTCFullYear() * 12 + now.getUTCMonth() + 1 ? field.dataset.broken : '';
  },
};

/** Says what is wrong as somebody leaves a field, sends once however often one presses, and keeps what was typed when the till says no. */
export default (root, { bus, signal } = {}) => {
  const form = root.querySelector('.payment-fields');
  if (!form) return undefined;

  const message = root.querySelector('.form-message');
  const adjust = root.querySelector('.payment-adjust');
  const pay = form.querySelector('.payment-pay');
  const pretended = [...root.querySelectorAll('.payment-provider code')].map(code => code.textContent.replaceAll(' ', ''));
  const fields = [...form.querySelectorAll('[data-missing]')];
  const patterns = new Map(fields.filter(field => field.pattern).map(field => [field, new RegExp(`^(?:${field.pattern})$`, 'u')]));

  const complaintOf = field => {
    const value = field.value.trim();
    if (!value) return field.dataset.missing;
    if (patterns.get(field)?.test(value) === false) return field.dataset.wrong;
    return checks[field.dataset.check]?.(value, field, pretended) ?? '';
  };

  const complain = (field, sentence) => {
    form.querySelector(`[data-error-for="${CSS.escape(field.name)}"]`).textContent = sentence;
    if (sentence) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  };

  const say = (sentence, things = []) => {
    message.replaceChildren();
    if (!sentence) {
      message.removeAttribute('role');
      return;
    }

    message.append(Object.assign(document.createElement('p'), { textContent: sentence }));
    if (things.length) {
      const list = document.createElement('ul');
      list.append(...things.map(thing => {
        const item = document.createElement('li');
        item.append(thing);
        return item;
      }));
      message.append(list);
    }

    message.setAttribute('role', 'alert');
    message.tabIndex = -1;
    message.focus({ preventScroll: true });
    message.scrollIntoView({ block: 'center' });
  };

  const linkTo = (field, sentence) =>
    Object.assign(document.createElement('a'), { href: `#${field.id}`, textContent: `${form.querySelector(`label[for="${CSS.escape(field.id)}"]`).textContent}: ${sentence}` });

  const refuse = (sentence, errors) => {
    const wrong = fields.filter(field => errors[field.name]);
    for (const field of fields) complain(field, errors[field.name] ?? '');
    say(sentence, wrong.map(field => linkTo(field, errors[field.name])));
  };

  const busy = is => {
    pay.setAttribute('aria-disabled', String(is));
    if (is) pay.setAttribute('aria-busy', 'true');
    else pay.removeAttribute('aria-busy');
  };

  const send = async () => {
    const answer = await fetch(form.action, {
      method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { Accept: 'application/json' }, signal,
    });
    const result = await answer.json();
    for (const [topic, value] of Object.entries(result.topics ?? {})) bus?.emit(topic, value, { retain: !topic.includes(':'), from: 'orders/PaymentForm' });
    if (result.ok) {
      navigate(result.location);
      return true;
    }

    // What the server would have written into the form it shows again.
    if (result.key) form.elements.key.value = result.key;
    if (result.token) form.elements['form-token'].value = result.token;
    if (result.seen) form.elements.seen.value = result.seen;
    if (result.pay) pay.textContent = result.pay;
    adjust.hidden = !result.adjust;
    adjust.elements.adjust.value = result.adjust ?? '';
    if (Object.keys(result.errors ?? {}).length) {
      refuse(result.message, result.errors);
    } else {
      for (const field of fields) complain(field, '');
      say(result.sentence ?? result.message, result.things);
    }

    return false;
  };

  const listen = (target, type, handler) => target.addEventListener(type, handler, { signal });
  // A sentence that appeared while a button is pressed would push the button from under the pointer; sending says it anyway.
  let isPressing = false;
  listen(form, 'pointerdown', event => { isPressing = event.target.closest('button') !== null; });
  for (const type of ['pointerup', 'pointercancel']) listen(document, type, () => { isPressing = false; });
  for (const field of fields) {
    // Not for a field that was merely passed through.
    listen(field, 'blur', () => !isPressing && (field.value || field.getAttribute('aria-invalid')) && complain(field, complaintOf(field)));
    listen(field, 'input', () => field.getAttribute('aria-invalid') && !complaintOf(field) && complain(field, ''));
  }

  const number = form.elements['card-number'];
  listen(number, 'input', () => {
    if (number.selectionStart !== number.value.length) return;
    number.value = number.value.replace(/\D/g, '').slice(0, 19).replace(/(\d{4})(?=\d)/g, '$1 ');
  });

  listen(form, 'submit', async event => {
    event.preventDefault();
    if (pay.getAttribute('aria-busy')) return;
    const errors = Object.fromEntries(fields.map(field => [field.name, complaintOf(field)]).filter(([, sentence]) => sentence));
    if (Object.keys(errors).length) {
      refuse('Nothing was ordered yet. Please look at:', errors);
      return;
    }

    busy(true);
    try {
      // While the next page comes, the button stays as it is.
      if (await send()) return;
    } catch (error) {
      if (signal?.aborted) return;
      say('The till could not be reached. If you send the form again, it is ordered once all the same.');
    }

    busy(false);
  });

  return undefined;
};
