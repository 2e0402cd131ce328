/** Asks the server about a text while it is typed: after a pause, and one question at a time. */
const PAUSE_MS = 400;

export class Look {
  #ask;
  #onTold;
  #timer = 0;
  #busy = false;
  #again = false;

  /**
   * @param {() => Promise<any>} ask reads what stands there now
   * @param {(answer: any) => void} onTold
   */
  constructor(ask, onTold) {
    [this.#ask, this.#onTold] = [ask, onTold];
  }

  /** Something was typed. */
  soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), PAUSE_MS);
  }

  async now() {
    clearTimeout(this.#timer);
    if (this.#busy) {
      this.#again = true;
      return;
    }
    this.#busy = true;
    const answer = await this.#ask();
    this.#busy = false;
    this.#onTold(answer);
    if (!this.#again) return;
    this.#again = false;
    this.soon();
  }
}
