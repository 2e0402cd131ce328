/** Counts what customers have written in the agent's other conversations. */
import { linesOf } from "./api.js";

const EVERY_MS = 3_000;

export class Unread {
  /** @type {Map<string, {after: number, count: number, known: boolean}>} */
  #marks = new Map();
  #held = [];
  #chosen = null;
  #onChange;

  /** @param {() => void} onChange */
  constructor(onChange) {
    this.#onChange = onChange;
    setInterval(() => this.#look(), EVERY_MS);
  }

  /** The tickets the agent holds, and the one on the screen. */
  watch(held, chosen) {
    this.#held = held;
    this.#chosen = chosen;
    for (const id of this.#marks.keys()) if (!held.includes(id)) this.#marks.delete(id);
  }

  /** The open conversation was read up to `seq`. */
  read(id, seq) {
    this.#marks.set(id, { after: seq, count: 0, known: true });
  }

  count(id) {
    return this.#marks.get(id)?.count ?? 0;
  }

  get total() {
    return this.#held.reduce((sum, id) => sum + this.count(id), 0);
  }

  async #look() {
    for (const id of this.#held.filter((one) => one !== this.#chosen)) await this.#lookAt(id);
  }

  async #lookAt(id) {
    const mark = this.#marks.get(id) ?? { after: 0, count: 0, known: false };
    const answer = await linesOf(id, mark.after);
    const lines = answer.body?.lines ?? [];
    if (!answer.ok || lines.length === 0 || id === this.#chosen) return;
    const news = lines.filter(({ author, rates }) => author === "customer" && !rates).length;
    const after = lines.at(-1).seq;
    const count = mark.known ? mark.count + news : 0; // what stood there before is not news
    this.#marks.set(id, { after, count, known: true });
    if (count !== mark.count) this.#onChange();
  }
}
