/** A field for a whole file: numbered lines behind a plain text area, marked where something is wrong.
 *
 * The text area is the browser's own, so that input methods, undo, screen readers and the tab key
 * work as everywhere; behind it stand the same lines, unseen, which carry numbers and marks.
 */
import { element } from "../shared/element.js";

const LEVELS = ["error", "warning"];

export class SourceEditor {
  #area;
  #behind;
  #lines = [];
  #marked = new Map();

  /** @param {{value: string, lang: string, label: string, onInput: () => void, onSave: () => void, onLine: () => void}} parts */
  constructor({ value, lang, label, onInput, onSave, onLine }) {
    this.#area = element("textarea", { class: "editor__source", id: "source", rows: 24, spellcheck: "false", translate: "no", lang, "aria-label": label, "aria-describedby": "complaints-told" });
    this.#behind = element("div", { class: "editor__behind", "aria-hidden": "true", translate: "no" });
    this.node = element("div", { class: "editor" }, this.#behind, this.#area);
    this.#area.value = value;
    this.#area.setSelectionRange(0, 0);
    this.#area.addEventListener("input", () => {
      this.#draw();
      onInput();
    });
    this.#area.addEventListener("scroll", () => this.#follow());
    this.#area.addEventListener("keydown", (event) => this.#onKey(event, onSave));
    // without the scroll bar, so that lines wrap behind as they do in front
    new ResizeObserver(() => (this.#behind.style.width = `${this.#area.clientWidth}px`)).observe(this.#area);
    let at = 1;
    for (const name of ["keyup", "click"]) {
      this.#area.addEventListener(name, () => {
        if (this.line === at) return;
        at = this.line;
        onLine();
      });
    }
    this.#draw();
  }

  get value() {
    return this.#area.value;
  }

  /** The line of the cursor, from 1. */
  get line() {
    return this.#area.value.slice(0, this.#area.selectionStart).split("\n").length;
  }

  /** Puts another text in; where the browser can, so that it can be undone. */
  replace(text) {
    if (text === this.#area.value) return;
    if (this.node.hidden) return this.set(text);
    this.#area.focus();
    this.#area.select();
    // undo knows nothing of a value that a script sets
    if (!document.execCommand("insertText", false, text) || this.#area.value !== text) this.set(text);
    return this.#draw();
  }

  /** Puts another text in without moving the focus. */
  set(text) {
    this.#area.value = text;
    this.#draw();
  }

  /** Marks the lines that faults are about. @param {{line: number, level: string}[]} faults */
  mark(faults) {
    this.#marked = new Map();
    for (const level of [...LEVELS].reverse()) {
      for (const one of faults) if (one.level === level && one.line) this.#marked.set(one.line, level);
    }
    if (faults.some(({ level }) => level === "error")) this.#area.setAttribute("aria-invalid", "true");
    else this.#area.removeAttribute("aria-invalid");
    [...this.#behind.children].forEach((node, at) => this.#dress(node, at + 1));
  }

  /** Selects a line, and scrolls to it. */
  jumpTo(line) {
    const lines = this.#area.value.split("\n");
    const at = Math.max(1, Math.min(line, lines.length));
    const start = lines.slice(0, at - 1).reduce((sum, one) => sum + one.length + 1, 0);
    this.#area.focus();
    this.#area.setSelectionRange(start, start + lines[at - 1].length);
    const node = this.#behind.children[at - 1];
    this.#area.scrollTop = Math.max(0, node.offsetTop - 3 * node.offsetHeight);
    this.#follow();
  }

  #follow() {
    this.#behind.scrollTop = this.#area.scrollTop;
  }

  /** Only lines that are new are drawn. */
  #draw() {
    const lines = this.#area.value.split("\n");
    const old = this.#lines;
    let head = 0;
    while (head < old.length && head < lines.length && old[head] === lines[head]) head += 1;
    let tail = 0;
    const most = Math.min(old.length, lines.length) - head;
    while (tail < most && old[old.length - 1 - tail] === lines[lines.length - 1 - tail]) tail += 1;
    const nodes = [...this.#behind.children];
    for (const gone of nodes.slice(head, old.length - tail)) gone.remove();
    const fresh = lines.slice(head, lines.length - tail).map((words) => element("div", { class: "editor__line" }, words));
    const next = this.#behind.children[head] ?? null;
    for (const node of fresh) this.#behind.insertBefore(node, next);
    this.#lines = lines;
    this.#follow();
  }

  #dress(node, line) {
    for (const level of LEVELS) node.classList.toggle(`editor__line--${level}`, this.#marked.get(line) === level);
  }

  #onKey(event, onSave) {
    if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSave();
    }
    if (event.key !== "Enter" || event.isComposing || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    // a phrase below a phrase stands under it
    const { value, selectionStart: at } = this.#area;
    const [blanks] = /^ */.exec(value.slice(value.lastIndexOf("\n", at - 1) + 1, at));
    if (blanks && document.execCommand("insertText", false, `\n${blanks}`)) event.preventDefault();
  }
}
