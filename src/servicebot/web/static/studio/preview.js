/** What customers would read of the file that is being edited, as each channel shows it. */
import { element } from "../shared/element.js";
import { drawLine } from "../shared/line.js";
import { data, hrefOf, link, none } from "./pieces.js";

const WAYS = ["web", "wechat", "plain"];
let chosen = "web";

export class Preview {
  #app;
  #told = null;
  #inside = element("div", { class: "preview__inside" });
  #stale = element("p", { class: "hint", hidden: true });
  #ways;

  constructor(app) {
    this.#app = app;
    const { texts } = app;
    this.#stale.textContent = texts.preview_stale;
    this.#ways = element("fieldset", { class: "ways", hidden: true }, element("legend", {}, texts.preview_as), ...WAYS.map((one) => this.#way(one)));
    this.node = element(
      "section",
      { class: "preview", id: "preview", tabindex: 0, "aria-labelledby": "preview-title" },
      element("h3", { id: "preview-title" }, texts.preview),
      this.#ways,
      this.#stale,
      this.#inside,
    );
    this.#inside.append(none(texts.preview_waits));
  }

  /** @param {any | null} told null: the file cannot be read now, so the last preview stays */
  show(told) {
    this.#stale.hidden = told !== null || this.#told === null;
    if (told !== null) this.#told = told;
    this.#draw();
  }

  #way(name) {
    const input = element("input", { type: "radio", name: "preview-as", value: name, checked: chosen === name });
    input.addEventListener("change", () => {
      chosen = name;
      this.#draw();
    });
    return element("label", { class: "way" }, input, element("span", {}, this.#app.texts.preview_ways[name]));
  }

  #draw() {
    const { texts } = this.#app;
    if (this.#told === null) return this.#inside.replaceChildren(none(texts.preview_needs_form));
    const { said, phrases, values } = this.#told;
    this.#ways.hidden = said.length === 0;
    const parts = [
      ...said.map((one) => this.#drawSaid(one)),
      ...phrases.filter((one) => one.phrases.length).map((one) => this.#drawPhrases(one)),
      ...(values.length ? [this.#drawValues(values)] : []),
    ];
    return this.#inside.replaceChildren(...(parts.length ? parts : [none(texts.preview_nothing)]));
  }

  #drawSaid({ name, message, wechat }) {
    const { texts } = this.#app;
    const head = data(name, "p", "path");
    if (chosen === "plain") return element("div", { class: "said" }, head, data(message.text, "p", "reply"));
    if (chosen === "wechat") {
      const count = wechat.length > 1 ? [element("p", { class: "note" }, texts.wechat_parts(wechat.length))] : [];
      return element("div", { class: "said" }, head, ...count, ...wechat.map((part) => data(part, "p", "reply wechat")));
    }
    const line = { ...message, seq: 0, message_id: "", at: new Date().toISOString() };
    const view = { own: "customer", texts: { author_bot: texts.author_bot }, language: this.#app.language, onChoice: null };
    return element("div", { class: "said", translate: "no" }, head, element("ol", { class: "lines" }, drawLine(line, view)));
  }

  #drawPhrases({ field, phrases }) {
    const { texts } = this.#app;
    const items = phrases.map(({ text, topic }) => element("li", {}, data(text), ...(topic ? [" → ", data(topic, "span", "path")] : [])));
    return element(
      "details",
      { open: phrases.length < 60 },
      element("summary", {}, texts.fields[field] ?? data(field), ` (${phrases.length})`),
      element("ul", { class: "hits" }, ...items),
    );
  }

  #drawValues(values) {
    const { texts } = this.#app;
    const rows = values.map(({ name, printed, uses, paths }) =>
      element(
        "li",
        {},
        element("p", {}, data(name, "span", "path"), " ", data(printed, "strong")),
        element("p", { class: "note" }, texts.value_uses(uses)),
        ...paths.map((path) => link(hrefOf(path), data(path))),
      ),
    );
    return element("ul", { class: "cards" }, ...rows);
  }
}
