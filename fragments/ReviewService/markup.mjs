// HTML from template strings: every value is encoded, unless it is markup already.

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

class Markup {
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

const write = value =>
  value instanceof Markup ? value.text
    : Array.isArray(value) ? value.map(write).join('')
      : value === null || value === undefined || value === false ? ''
        : String(value).replace(/[&<>"']/g, character => entities[character]);

/** Attributes must be quoted, and no value may stand in a script, a style or a tag's name. */
export const html = (literals, ...values) => new Markup(String.raw({ raw: literals }, ...values.map(write)));
