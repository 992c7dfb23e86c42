// The fragment reviews/ProductReviews: what readers say of a product, and a form to say something.

import { html } from './markup.mjs';

export const limits = { name: 60, least: 10, text: 1000 };

// Control characters, and those that turn the direction of what follows them.
const special = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const seen = text => text.replace(/[\s\p{Cc}\p{Cf}\p{Mn}\p{Me}]/gu, '');

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const stars = rating => '★'.repeat(rating) + '☆'.repeat(5 - rating);

export const mistakes = 'Not sent yet: please look at what is marked.';

/** What is wrong with a form's fields: a sentence for each. */
export const complaints = ({ name, rating, text }) => {
  const errors = {};
  if (!seen(name)) errors.name = 'Say what to call you.';
  else if (name.length > limits.name) errors.name = `At most ${limits.name} letters, please.`;
  else if (special.test(name)) errors.name = 'One line without special signs, please.';
  if (!/^[1-5]$/.test(rating)) errors.rating = 'Choose from one star to five.';
  if (text.length < limits.least || !seen(text)) errors.text = `A few words more: at least ${limits.least} letters.`;
  else if (text.length > limits.text) errors.text = `That is ${text.length} letters; ${limits.text} is the most.`;
  else if (special.test(text.replace(/[\n\t]/g, ''))) errors.text = 'Without special signs, please.';
  return errors;
};

/**
 * @param {{ productId: number, limit: number, sent: boolean }} asked
 * @param {object[]} reviews The newest first.
 * @param {{ values?: Record<string, string>, errors?: Record<string, string>, message?: string | null }} form What was sent and refused, and why.
 */
export const render = (asked, reviews, { values = {}, errors = {}, message = null } = {}) => {
  const again = `/_f/reviews/ProductReviews?productId=${asked.productId}&limit=${asked.limit}`;
  return html`<section class="product-reviews" aria-label="Reviews" data-module="reviews/ProductReviews" data-hydrate="visible" data-fragment="${again}">
  <h2>What people say</h2>
  ${score(reviews)}
  ${asked.sent ? html`<p class="message message-good" role="status">Thank you. What you wrote is below.</p>` : null}
  ${reviews.length
    ? html`<ol class="reviews-list">${reviews.slice(0, asked.limit).map(one)}</ol>`
    : html`<p class="reviews-none">Nobody has said anything yet.</p>`}
  ${reviews.length > asked.limit ? html`<p><a href="/products/${asked.productId}/reviews">All ${reviews.length} reviews</a></p>` : null}
  <details class="reviews-write"${message ? html` open` : null}>
    <summary>Say something yourself</summary>
    ${form(asked, values, errors, message)}
  </details>
</section>
`;
};

const score = reviews => {
  if (!reviews.length) return null;
  const mean = (reviews.reduce((sum, review) => sum + review.rating, 0) / reviews.length).toFixed(1);
  return html`<p class="reviews-score"><meter min="0" max="5" value="${mean}">${mean} of 5</meter> <span>${mean} of 5, from ${reviews.length} ${reviews.length === 1 ? 'review' : 'reviews'}</span></p>`;
};

const one = review => html`
    <li class="review">
      <p class="review-head"><strong><bdi>${review.name}</bdi></strong> <span class="review-stars" role="img" aria-label="${review.rating} of 5">${stars(review.rating)}</span></p>
      <p dir="auto">${review.text}</p>
      <p class="review-day"><time datetime="${review.day}">${day.format(new Date(review.day))}</time></p>
    </li>`;

const form = ({ productId }, values, errors, message) => html`<form class="form reviews-form" method="post" action="/products/${productId}/reviews" novalidate>
      <div class="form-message"${message ? html` role="alert"` : null}>${message ? html`<p>${message}</p>` : null}</div>
      <div class="field">
        <label class="label" for="product-reviews-name">Your name</label>
        <input class="input" id="product-reviews-name" name="name" value="${values.name ?? ''}" maxlength="${limits.name}" autocomplete="name" required${invalid('name', errors)}>
        ${complaint('name', errors)}
      </div>
      <fieldset class="field reviews-rating" role="radiogroup" aria-required="true"${invalid('rating', errors)}>
        <legend class="label">How many stars</legend>
        <div class="reviews-choices">${[5, 4, 3, 2, 1].map(rating => html`
          <label class="check"><input type="radio" name="rating" value="${rating}" required${values.rating === String(rating) ? html` checked` : null}> <span>${rating} <span aria-hidden="true">★</span></span></label>`)}
        </div>
        ${complaint('rating', errors)}
      </fieldset>
      <div class="field">
        <label class="label" for="product-reviews-text">What you think</label>
        <textarea class="input" id="product-reviews-text" name="text" rows="4" maxlength="${limits.text}" required${invalid('text', errors)}>
${values.text ?? ''}</textarea>
        ${complaint('text', errors)}
      </div>
      <p class="buttons"><button class="button" type="submit">Send</button></p>
    </form>`;

const invalid = (field, errors) => (errors[field] ? html` aria-invalid="true" aria-describedby="product-reviews-${field}-error"` : null);

const complaint = (field, errors) => html`<p class="field-error" id="product-reviews-${field}-error" data-error-for="${field}">${errors[field] ?? ''}</p>`;
