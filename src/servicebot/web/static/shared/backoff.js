/** How long to wait before the next try: longer each time, and never all pages at once. */
export class Backoff {
  #firstMs;
  #mostMs;
  #tries = 0;

  /** @param {number} firstMs the first wait at most @param {number} mostMs the longest */
  constructor(firstMs, mostMs) {
    [this.#firstMs, this.#mostMs] = [firstMs, mostMs];
  }

  /** @returns {number} milliseconds: between half of the wait and all of it */
  next() {
    const ceiling = Math.min(this.#mostMs, this.#firstMs * 2 ** this.#tries);
    this.#tries += 1;
    return ceiling * (0.5 + Math.random() / 2);
  }

  /** It worked. */
  reset() {
    this.#tries = 0;
  }

  /** Something has changed that lets the next try hope: soon again. */
  ease() {
    this.#tries = Math.min(this.#tries, 1);
  }

  /** Whether this is the first try since it worked. */
  get isFirst() {
    return this.#tries === 0;
  }
}
