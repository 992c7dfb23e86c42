// What readers wrote: in memory, and line by line in a file that only grows.

import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

// What is too many to read is refused, and so nobody fills memory and disk by it: at most some 30 MB.
export const most = { ofProduct: 1000, altogether: 20_000 };

export class Reviews {
  #file;
  #count = 0;
  #ofProduct = new Map();
  #writing = Promise.resolve();
  #isCutOff = false;

  constructor(file) {
    this.#file = file;
  }

  static async open(file, seed) {
    const reviews = new Reviews(file);
    await mkdir(dirname(file), { recursive: true });
    const text = await readFile(file, 'utf8').catch(error => {
      if (error.code !== 'ENOENT') throw error;
      return null;
    });
    if (text === null) {
      const rows = JSON.parse(await readFile(seed, 'utf8'));
      await appendFile(file, rows.map(row => `${JSON.stringify(row)}\n`).join(''));
      rows.forEach(row => reviews.#take(row));
      return reviews;
    }

    for (const [index, line] of text.split('\n').entries()) {
      if (!line) continue;
      try {
        reviews.#take(JSON.parse(line));
      } catch {
        // A program that was cut off leaves half a line behind; what comes after it is whole again.
        console.error(`${file}:${index + 1} is no review and is left out.`);
      }
    }

    if (!text.endsWith('\n') && text) await appendFile(file, '\n');
    return reviews;
  }

  /** The newest first. */
  of(productId) {
    return (this.#ofProduct.get(productId) ?? []).toReversed();
  }

  hasRoom(productId) {
    return this.#count < most.altogether && (this.#ofProduct.get(productId)?.length ?? 0) < most.ofProduct;
  }

  /** The same words of the same person again are the same review: a form that was sent twice. */
  add(review) {
    const isThere = known => known.name === review.name && known.text === review.text;
    this.#writing = this.#writing.catch(() => {}).then(async () => {
      if (this.#ofProduct.get(review.productId)?.some(isThere)) return;

      // What failed may have left half a line.
      const line = `${this.#isCutOff ? '\n' : ''}${JSON.stringify(review)}\n`;
      this.#isCutOff = true;
      await appendFile(this.#file, line);
      this.#isCutOff = false;
      this.#take(review);
    });
    return this.#writing;
  }

  #take(review) {
    const known = this.#ofProduct.get(review.productId);
    if (known) known.push(review);
    else this.#ofProduct.set(review.productId, [review]);
    this.#count++;
  }
}
