/** Says things: shows them at once, sends them, sends them again until the server has them. */
import { element } from "../shared/element.js";
import { keep, letGo, unaccepted } from "./unaccepted.js";

const ACCEPTED_WITHIN_MS = 8_000;

export class Saying {
  #socket;
  #lines;
  #texts;
  #onSaid;
  #timer = 0;

  /**
   * @param {object} parts
   * @param {import("../shared/socket.js").Socket} parts.socket
   * @param {import("../shared/lines.js").Lines} parts.lines
   * @param {() => Record<string, string>} parts.texts in the language of the moment
   * @param {() => void} parts.onSaid after something new was said
   */
  constructor({ socket, lines, texts, onSaid }) {
    [this.#socket, this.#lines, this.#texts, this.#onSaid] = [socket, lines, texts, onSaid];
  }

  /** The customer says something. */
  say(text) {
    const one = keep(text);
    this.#lines.showOwn(one.id, text, "pending", this.#texts().pending);
    this.#transmit(one);
    this.#onSaid();
  }

  /** After a connection was opened: everything that was not taken goes out again. */
  resume() {
    for (const one of unaccepted()) {
      this.#lines.showOwn(one.id, one.text, "pending", this.#texts().pending);
      this.#transmit(one);
    }
  }

  accepted(id) {
    letGo(id);
    if (unaccepted().length === 0) clearTimeout(this.#timer);
    this.#lines.mark(id, "sent", `✓ ${this.#texts().sent}`);
  }

  /** The server's lines prove what was taken, even where its word of it was lost. */
  seen(lines) {
    const ids = new Set(lines.map((line) => line.message_id.split("/").pop()));
    for (const { id } of unaccepted()) if (ids.has(id)) this.accepted(id);
  }

  refused(id) {
    const one = unaccepted().find((say) => say.id === id);
    if (one === undefined) return;
    letGo(id);
    this.#fail(one);
  }

  /** The server has too much to do: it goes out again by itself, with the same id. */
  later(id, afterS) {
    if (!unaccepted().some((say) => say.id === id)) return;
    this.#lines.mark(id, "pending", this.#texts().busy);
    clearTimeout(this.#timer);
    const jitter = 1 + Math.random() / 2; // or all the pages that wait would come back together
    this.#timer = setTimeout(() => unaccepted().forEach((one) => this.#transmit(one)), afterS * 1000 * jitter);
  }

  /** The conversation is over: what was not taken is offered for the next one. */
  strand() {
    const stranded = unaccepted();
    for (const { id } of stranded) letGo(id);
    return () => stranded.forEach((one) => this.#fail(one));
  }

  #transmit({ id, text }) {
    if (!this.#socket.send({ type: "say", id, text })) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => unaccepted().length && this.#socket.renew(), ACCEPTED_WITHIN_MS);
  }

  #fail({ id, text }) {
    const { failed, again } = this.#texts();
    const onclick = () => {
      this.#lines.remove(id);
      this.say(text);
    };
    this.#lines.showOwn(id, text, "failed", failed);
    const button = element("button", { type: "button", class: "button", onclick }, again);
    this.#lines.mark(id, "failed", failed, button);
  }
}
