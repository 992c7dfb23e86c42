import { navigate } from '@stitcher/live';

const wait = 350;

/** Writes into a table that cannot be changed what the cart holds now: another price, fewer pieces, a thing less. */
const follow = (root, lines, money) => {
  for (const row of root.querySelectorAll('tr[data-product]')) {
    const line = lines.find(({ id }) => String(id) === row.dataset.product);
    if (!line) {
      row.remove();
      continue;
    }

    const [pieces, each, sum] = row.querySelectorAll('td');
    pieces.textContent = line.quantity;
    each.textContent = money(line.cents);
    sum.textContent = money(line.quantity * line.cents);
  }
};

/** Changes the cart as somebody types, and keeps its figures in step with every other part of the page that does. */
export default (root, { bus, signal } = {}) => {
  // As the server writes sums for this reader, whatever the page's language is.
  const written = new Intl.NumberFormat(root.dataset.locale || 'en', { style: 'currency', currency: 'EUR' });
  const money = cents => written.format(cents / 100);
  const show = lines => {
    const total = root.querySelector('.summary-sum');
    if (total) total.textContent = money(lines.reduce((sum, line) => sum + line.quantity * line.cents, 0));
  };

  const form = root.querySelector('.summary-form');
  if (!form) {
    if (root.querySelector('.summary-sum')) {
      bus?.on('shoppingCart', lines => {
        follow(root, lines, money);
        show(lines);
      }, { signal, replay: false });
    }

    return undefined;
  }

  const message = root.querySelector('.form-message');
  const update = form.querySelector('.summary-update');
  const rows = () => [...form.querySelectorAll('.summary-line')];
  const errorOf = field => form.querySelector(`[data-error-for="${CSS.escape(field)}"]`);
  let timer;
  let latest = 0;

  const complain = (field, sentence) => {
    const input = form.elements.namedItem(field);
    errorOf(field).textContent = sentence ?? '';
    if (sentence) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  };

  const say = sentence => {
    message.textContent = sentence ?? '';
    if (sentence) message.setAttribute('role', 'alert');
    else message.removeAttribute('role');
  };

  const apply = lines => {
    // A cart that became empty looks altogether different; the server writes it.
    if (lines.length === 0) {
      navigate('/cart', { replace: true });
      return;
    }

    const byId = new Map(lines.map(line => [String(line.id), line]));
    for (const row of rows()) {
      const line = byId.get(row.dataset.product);
      if (!line) {
        const next = row.nextElementSibling ?? row.previousElementSibling;
        const held = row.contains(document.activeElement);
        row.remove();
        if (held) next?.querySelector('input')?.focus();
        continue;
      }

      const input = row.querySelector('input');
      if (input !== document.activeElement) input.value = line.quantity;
      complain(input.name, null);
      row.querySelector('.summary-line-sum').textContent = money(line.quantity * line.cents);
    }

    show(lines);
  };

  const send = async (submitter, isAgain = false) => {
    clearTimeout(timer);
    const turn = ++latest;
    root.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(form.action, {
        method: 'POST',
        body: new URLSearchParams(new FormData(form, submitter)),
        headers: { Accept: 'application/json' },
        signal,
      });
      const result = await answer.json();
      if (turn !== latest) return;
      // The page had been open for too long, and there may be no button to send it again with.
      if (result.token && !isAgain) {
        form.elements.namedItem('form-token').value = result.token;
        await send(submitter, true);
        return;
      }

      for (const row of rows()) complain(row.querySelector('input').name, result.errors?.[row.querySelector('input').name]);
      say(result.ok ? null : result.message);
      if (!result.ok) return;
      apply(result.topics.shoppingCart);
      for (const [topic, value] of Object.entries(result.topics)) bus?.emit(topic, value, { retain: !topic.includes(':'), from: 'orders/OrderSummary' });
    } catch (error) {
      if (!signal?.aborted && turn === latest) say('The cart could not be reached, so nothing was changed. Please try again.');
    } finally {
      if (turn === latest) root.removeAttribute('aria-busy');
    }
  };

  const listen = (type, handler) => form.addEventListener(type, handler, { signal });
  listen('submit', event => {
    event.preventDefault();
    send(event.submitter);
  });
  listen('input', event => {
    clearTimeout(timer);
    if (event.target.value !== '') timer = setTimeout(() => send(), wait);
  });
  listen('change', () => send());

  // What is sent by itself needs no button; it is there again when this part of the page is put to sleep.
  update.hidden = true;
  bus?.on('shoppingCart', (lines, about) => {
    if (about?.from === 'orders/OrderSummary') return;
    if (rows().length === lines.length) apply(lines);
  }, { signal, replay: false });
  return () => {
    clearTimeout(timer);
    update.hidden = false;
  };
};
