/** The right side: the conversation of the chosen ticket, and what the agent can do with it. */
import { Composer } from "../shared/composer.js";
import { byId } from "../shared/element.js";
import { newId } from "../shared/identifier.js";
import { Lines } from "../shared/lines.js";
import { ask } from "../shared/question.js";
import { Scroll } from "../shared/scroll.js";
import { close, handBack, say } from "./api.js";
import { refusalIn } from "./refusals.js";
import { drawFacts } from "./ticket.js";

const NOTHING_SENT = { left: null, lines: [] };

export class Conversation {
  #texts;
  #view;
  #onAnswer;
  #ticket = null;
  #attempt = { id: "", text: "" };
  #drafts = new Map();
  #lines;
  #scroll = new Scroll(byId("area"), byId("to-end"));
  #composer;
  #fault = byId("composer-fault");
  /** @type {import("./api.js").Answer | null} the refusal that the page shows */
  #refused = null;
  #sends = byId("sends");
  #sending = NOTHING_SENT;

  /**
   * @param {object} parts
   * @param {() => any} parts.texts
   * @param {() => import("../shared/line.js").View} parts.view
   * @param {(answer: import("./api.js").Answer) => void} parts.onAnswer looks whether we are still signed in
   */
  constructor({ texts, view, onAnswer }) {
    [this.#texts, this.#view, this.#onAnswer] = [texts, view, onAnswer];
    this.#lines = new Lines(byId("lines"), view());
    this.#composer = new Composer({
      form: byId("composer"),
      field: byId("field"),
      counter: byId("counter"),
      onSend: (text) => this.#say(text),
      overText: (over) => texts().over(over),
    });
    byId("hand-back").addEventListener("click", () => this.#end(handBack));
    byId("close").addEventListener("click", () => this.#close());
  }

  /** The open ticket's id, or null. */
  get chosen() {
    return this.#ticket?.id ?? null;
  }

  /** The newest line on the screen, as the server is told of it. */
  get shown() {
    return this.#lines.shown;
  }

  /** The newest `seq` on the screen. */
  get last() {
    return this.#lines.last;
  }

  /** Opens another ticket, or none with the words why. */
  open(ticket, why = "") {
    this.#keepDraft();
    this.#ticket = ticket;
    this.#lines.clear();
    this.#tell(null);
    this.#sending = NOTHING_SENT;
    byId("field").value = this.#drafts.get(ticket?.id) ?? "";
    byId("conversation").hidden = ticket === null;
    byId("nothing").hidden = ticket !== null;
    byId("nothing-words").textContent = why || this.#texts().choose;
    this.write();
    if (ticket !== null) byId("field").focus();
  }

  /** What is told of the open ticket may change: danger makes it graver while it is held. */
  refresh(mine) {
    const now = mine.find(({ id }) => id === this.chosen);
    if (now === undefined || JSON.stringify(now) === JSON.stringify(this.#ticket)) return;
    this.#ticket = now;
    this.write();
  }

  /** Shows lines of a ticket, if it is the open one; `anew`: they are all there are now. */
  show(ticketId, lines, anew = false) {
    if (ticketId !== this.chosen) return;
    if (anew) this.#lines.clear();
    this.#lines.show(lines);
    this.#writeSending();
    this.#scroll.follow();
  }

  /** Shows how far the agents' lines are, and how many the messenger still takes. */
  showSending(ticketId, sending) {
    if (ticketId !== this.chosen) return;
    this.#sending = sending;
    this.#writeSending();
  }

  /** Writes the head again, in another language. */
  write() {
    byId("facts").replaceChildren(...(this.#ticket ? drawFacts(this.#ticket, this.#texts()) : []));
    this.#composer.refresh();
    this.#tell(this.#refused);
    this.#writeSending();
  }

  #writeSending() {
    const { left, lines } = this.#sending;
    const { sends_left: some, none_left_to_send: none, fates } = this.#texts();
    this.#sends.hidden = left === null;
    this.#sends.textContent = left === null ? "" : left ? some(left) : none;
    this.#sends.classList.toggle("sends--none", left === 0);
    this.#lines.tell(lines, fates);
  }

  redraw() {
    this.#lines.redraw(this.#view());
    if (this.#ticket === null) byId("nothing-words").textContent = this.#texts().choose;
    this.write();
  }

  #keepDraft() {
    if (this.#ticket) this.#drafts.set(this.#ticket.id, byId("field").value);
  }

  async #say(text) {
    const id = this.chosen;
    if (this.#attempt.text !== text) this.#attempt = { id: newId(), text };
    this.#tell(null);
    const answer = await say(id, this.#attempt.id, text);
    this.#onAnswer(answer);
    if (answer.ok) {
      this.#attempt = { id: "", text: "" };
      if (id === this.chosen) this.#scroll.toEnd();
      else this.#drafts.delete(id);
      return id === this.chosen;
    }
    if (id === this.chosen) this.#tell(answer);
    return false;
  }

  async #close() {
    const { close_title: title, close_text: text, close_yes: yes, close_no: no } = this.#texts();
    if (await ask({ title, text, yes, no })) await this.#end(close);
  }

  async #end(act) {
    const id = this.chosen;
    const answer = await act(id);
    this.#onAnswer(answer);
    if (id !== this.chosen) return;
    if (answer.ok) this.#drafts.delete(id);
    else this.#tell(answer);
  }

  /** Why it was refused, in the language of now; nothing for null. */
  #tell(answer) {
    this.#refused = answer;
    const { failed, no_server: noServer } = this.#texts();
    const words = () => refusalIn(this.#texts(), answer) || (answer.status === 0 ? noServer : failed);
    this.#fault.textContent = answer === null ? "" : words();
  }
}
