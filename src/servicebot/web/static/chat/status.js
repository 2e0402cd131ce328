/** One line in words: whether the page is connected. */
const BACK_FOR_MS = 4_000;

export class Status {
  #node;
  #texts;
  #key = "connecting";
  #wasLost = false;
  #timer = 0;

  /** @param {HTMLElement} node a live region @param {() => Record<string, string>} texts */
  constructor(node, texts) {
    [this.#node, this.#texts] = [node, texts];
  }

  /** @param {import("../shared/socket.js").Link | "no_session" | "crowded"} link */
  link(link) {
    const back = link === "open" && this.#wasLost;
    this.#wasLost = link !== "open" && (this.#wasLost || link !== "connecting");
    this.#tell(back ? "back" : link);
    if (back) this.#timer = setTimeout(() => this.#tell("open"), BACK_FOR_MS);
  }

  /** Tells something until the next change. */
  #tell(key) {
    clearTimeout(this.#timer);
    this.#key = key;
    this.write();
  }

  /** Writes it again, in another language. */
  write() {
    this.#node.dataset.link = this.#key;
    this.#node.textContent = this.#texts()[this.#key];
  }
}
