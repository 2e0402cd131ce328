/** What the page tells about the conversation itself: a few words, and an act where one follows. */
import { element } from "../shared/element.js";

export class Notice {
  #node;
  #texts;
  #told = { key: null, act: null };

  /** @param {HTMLElement} node a live region @param {() => Record<string, string>} texts */
  constructor(node, texts) {
    [this.#node, this.#texts] = [node, texts];
  }

  /**
   * @param {string} key of the texts
   * @param {{key: string, onclick: () => void} | null} act a button behind the words
   */
  tell(key, act = null) {
    this.#told = { key, act };
    this.write();
  }

  hide() {
    this.#told = { key: null, act: null };
    this.write();
  }

  /** Writes it again, in another language. */
  write() {
    const { key, act } = this.#told;
    this.#node.hidden = key === null;
    if (key === null) return this.#node.replaceChildren();
    const words = element("span", {}, this.#texts()[key]);
    if (act === null) return this.#node.replaceChildren(words);
    const { onclick } = act;
    const button = element("button", { type: "button", class: "button", onclick }, this.#texts()[act.key]);
    return this.#node.replaceChildren(words, " ", button);
  }
}
