/**
 * The list of lines: ordered by `seq`, nothing twice; a line just sent stands at the end until the
 * server's line with its id takes its place. A rating is no line here: it stands under its answer.
 */
import { element } from "./element.js";
import { drawLine } from "./line.js";
import { answerOf, drawRating } from "./rating.js";

const TOGETHER_MS = 3 * 60_000;

export class Lines {
  #list;
  #view;
  #last = 0;
  #lastAt = "";
  /** @type {{line: import("./line.js").Line, id: string | null, node: HTMLElement}[]} */
  #entries = [];
  /** @type {Map<string, {rating: import("./rating.js").Rating, before: boolean}>} */
  #ratings = new Map();

  /** @param {HTMLElement} list @param {import("./line.js").View} view */
  constructor(list, view) {
    [this.#list, this.#view] = [list, view];
  }

  /** The `seq` of the newest line shown. */
  get last() {
    return this.#last;
  }

  /** The newest line shown, as the server is told of it. */
  get shown() {
    return { after: this.#last, at: this.#lastAt };
  }

  /** Whether the customer has said anything. */
  get spoken() {
    return this.#entries.some(({ line }) => line.author === "customer");
  }

  /** Shows the server's lines that are not there yet and returns them. */
  show(lines) {
    const fresh = lines.filter(({ seq }) => seq > this.#last);
    for (const line of fresh) {
      [this.#last, this.#lastAt] = [line.seq, line.at];
      this.#settle(line);
    }
    if (fresh.length) {
      this.#offerChoices();
      this.#offerRatings();
    }
    return fresh;
  }

  /**
   * Tells how far a rating of the reader's own is; what the server's lines say of it stays.
   *
   * @param {string} id the message that was answered, as the page named it
   * @param {string} article
   * @param {"sending" | "refused"} rating
   * @param {boolean} before whether the server had one already
   */
  setRating(id, article, rating, before = false) {
    const rated = this.#entries.find(({ line }) => line.name === article && line.message_id?.split("/").pop() === id);
    if (rated === undefined) return;
    const known = this.#ratings.get(answerOf(rated.line))?.rating;
    const told = known === "solved" || known === "unsolved" ? known : rating;
    this.#ratings.set(answerOf(rated.line), { rating: told, before });
    this.#offerRatings();
  }

  /** Shows words that the server has not yet taken, or refused. */
  showOwn(id, text, state, words) {
    if (this.#entry(id) === undefined) {
      const line = { seq: 0, at: new Date().toISOString(), message_id: id, author: this.#view.own, say: text };
      this.#insert({ line, id, node: drawLine(line, this.#view) }, this.#entries.length);
    }
    this.mark(id, state, words);
    this.#offerChoices();
  }

  /** Tells the state of an own line: words, and an act where it failed. */
  mark(id, state, words, act = null) {
    const entry = this.#entry(id);
    if (entry === undefined) return;
    entry.node.dataset.state = state;
    entry.node.querySelector(".line__state")?.remove();
    entry.node.append(element("p", { class: "line__state" }, words, ...(act ? [" ", act] : [])));
  }

  /**
   * Tells how far the agents' lines are on their way to a messenger.
   *
   * @param {{message_id: string, rank: number, fate: string}[]} pushed
   * @param {Record<string, string>} words by fate
   */
  tell(pushed, words) {
    const fates = new Map(pushed.map((one) => [`${one.message_id}#${one.rank}`, one.fate]));
    const ranks = new Map();
    for (const { line, node } of this.#entries.filter((one) => one.line.author !== "customer")) {
      const rank = ranks.get(line.message_id) ?? 0;
      ranks.set(line.message_id, rank + 1);
      const fate = fates.get(`${line.message_id}#${rank}`);
      if (line.author !== "agent" || fate === undefined) continue;
      node.dataset.fate = fate;
      node.querySelector(".line__state")?.remove();
      node.append(element("p", { class: "line__state" }, words[fate]));
    }
  }

  /** Takes an own line away. */
  remove(id) {
    const entry = this.#entry(id);
    this.#entries = this.#entries.filter((one) => one !== entry);
    entry?.node.remove();
  }

  clear() {
    this.#entries = [];
    this.#ratings.clear();
    [this.#last, this.#lastAt] = [0, ""];
    this.#list.replaceChildren();
  }

  /** Draws everything again, in another language. */
  redraw(view) {
    this.#view = view;
    for (const entry of this.#entries) {
      const node = drawLine(entry.line, view);
      if (entry.node.dataset.state) node.dataset.state = entry.node.dataset.state;
      const state = entry.node.querySelector(".line__state");
      if (state) node.append(state);
      entry.node.replaceWith(node);
      entry.node = node;
    }
    this.#entries.forEach((_, place) => this.#join(place));
    this.#offerChoices();
    this.#offerRatings();
  }

  #entry(id) {
    return this.#entries.find((entry) => entry.id !== null && entry.id === id);
  }

  #settle(line) {
    if (line.rates) {
      const before = this.#ratings.get(answerOf(line.rates))?.before ?? false;
      this.#ratings.set(answerOf(line.rates), { rating: line.rates.solved ? "solved" : "unsolved", before });
      return;
    }
    const id = line.message_id.split("/").pop();
    const own = line.author === this.#view.own ? this.#entry(id) : undefined;
    const waiting = this.#entries.findIndex((entry) => entry.line.seq === 0 && entry !== own);
    if (own === undefined) {
      const place = waiting < 0 ? this.#entries.length : waiting;
      this.#insert({ line, id: null, node: drawLine(line, this.#view) }, place);
      return;
    }
    const at = this.#entries.indexOf(own);
    own.line = line;
    own.node.dataset.seq = line.seq;
    own.node.querySelector(".bubble__text").textContent = line.say; // may be masked by now
    if (waiting >= 0 && waiting < at) {
      this.#entries.splice(at, 1);
      this.#insert(own, waiting);
    }
  }

  #insert(entry, place) {
    this.#list.insertBefore(entry.node, this.#entries[place]?.node ?? null);
    this.#entries.splice(place, 0, entry);
    this.#join(place);
    this.#join(place + 1);
  }

  #join(place) {
    const [before, here] = [this.#entries[place - 1], this.#entries[place]];
    if (here === undefined) return;
    const near = before && Date.parse(here.line.at) - Date.parse(before.line.at) < TOGETHER_MS;
    const together = Boolean(near) && before.line.author === here.line.author;
    here.node.classList.toggle("line--joined", together);
    here.node.querySelector(".line__head").classList.toggle("unseen", together);
  }

  #offerChoices() {
    const newest = this.#entries.at(-1)?.line;
    for (const { line, node } of this.#entries) {
      const live = line.author === newest.author && line.message_id === newest.message_id;
      const choices = node.querySelector(".choices");
      if (choices && this.#view.onChoice) choices.hidden = !live;
    }
  }

  /** Under the newest answer the buttons, if nothing was said of it; under every other what was said. */
  #offerRatings() {
    const newest = this.#entries.findLast(({ line }) => line.ratable)?.line.message_id;
    for (const { line, node } of this.#entries.filter((one) => one.line.ratable)) {
      const known = this.#ratings.get(answerOf(line));
      const offered = this.#view.onRate && line.message_id === newest ? { rating: "open", before: false } : null;
      const { rating, before } = known ?? offered ?? { rating: "", before: false };
      const state = `${rating} ${before}`;
      if (node.dataset.rating === state) continue; // or a focused button would go
      node.dataset.rating = state;
      node.querySelector(".rating")?.remove();
      if (rating && (this.#view.onRate || known)) node.append(drawRating(rating, before, line, this.#view));
    }
  }
}
