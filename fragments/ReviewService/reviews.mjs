// What readers wrote: in memory, and line by line in a file that only grows.

import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

export class Reviews {
  #file;
  #all = [];
  #writing = Promise.resolve();

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
      reviews.#all = rows;
      return reviews;
    }

    for (const [index, line] of text.split('\n').entries()) {
      if (!line) continue;
      try {
        reviews.#all.push(JSON.parse(line));
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
    return this.#all.filter(review => review.productId === productId).toReversed();
  }

  /** The same words of the same person again are the same review: a form that was sent twice. */
  async add(review) {
    const isThere = this.#all.some(known => known.productId === review.productId && known.name === review.name && known.text === review.text);
    if (isThere) return;
    this.#all.push(review);
    this.#writing = this.#writing.catch(() => {}).then(() => appendFile(this.#file, `${JSON.stringify(review)}\n`));
    await this.#writing;
  }
}
