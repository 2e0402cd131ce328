/** What is wrong with a file: told while it is typed, together with what the whole check said last. */
import { element } from "../shared/element.js";
import { faultList } from "./pieces.js";

export class Complaints {
  #app;
  #path;
  #onJump;
  #own = [];
  #saved = [];
  #told = element("p", { class: "note", id: "complaints-told", role: "status" });
  #list = element("div", {});

  /** @param {any} app @param {string} path @param {(line: number) => void} onJump a line of this file */
  constructor(app, path, onJump) {
    [this.#app, this.#path, this.#onJump] = [app, path, onJump];
    this.node = element("div", { id: "complaints" }, element("h3", {}, app.texts.check), this.#told, this.#list);
  }

  /** What was said of this file as it stands there. @param {{faults: any[], whole: boolean} | null} told null: nobody answers */
  own(told) {
    const { texts } = this.#app;
    if (told === null) return this.#say(texts.check_away);
    this.#own = told.faults;
    this.#draw();
    const errors = told.faults.filter(({ level }) => level === "error").length;
    return this.#say(told.whole ? texts.typed_told(errors, told.faults.length - errors) : texts.typed_form_only);
  }

  /** What the whole check said of the draft. */
  saved(faults) {
    this.#saved = faults;
    this.#draw();
  }

  /** The file is not any more what the whole check saw. */
  typed() {
    this.#saved = this.#saved.filter(({ path }) => path !== this.#path);
  }

  ofThisFile() {
    return this.#every().filter(({ path }) => path === this.#path);
  }

  #every() {
    const named = new Map([...this.#own, ...this.#saved].map((one) => [`${one.path}:${one.line}:${one.rule}:${one.en}`, one]));
    const found = [...named.values()];
    return [...found.filter(({ level }) => level === "error"), ...found.filter(({ level }) => level !== "error")];
  }

  /** Says it once: what has not changed is not read out again. */
  #say(words) {
    if (this.#told.textContent !== words) this.#told.textContent = words;
  }

  #draw() {
    const every = this.#every();
    const errors = every.some(({ level }) => level === "error");
    const { texts } = this.#app;
    const jump = (event, where, line) => {
      if (where !== this.#path) return;
      event.preventDefault();
      this.#onJump(line);
    };
    this.#list.replaceChildren(
      ...(errors ? [] : [element("p", { class: "good" }, texts.no_faults)]),
      ...(every.length ? [faultList(every, texts, jump)] : []),
    );
  }
}
