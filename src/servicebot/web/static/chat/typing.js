/** Three dots between a question and its answer; they go after a while, so as not to promise. */
const MOST_MS = 8_000;

export class Typing {
  #node;
  #timer = 0;

  /** @param {HTMLElement} node */
  constructor(node) {
    this.#node = node;
  }

  show() {
    clearTimeout(this.#timer);
    this.#node.hidden = false;
    this.#timer = setTimeout(() => this.hide(), MOST_MS);
  }

  hide() {
    clearTimeout(this.#timer);
    this.#node.hidden = true;
  }
}
