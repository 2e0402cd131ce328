/** A new article: its place and its head in both languages; the rest is written in the editor. */
import { element } from "../shared/element.js";
import { files, write } from "./api.js";
import { hrefOf, labelled, link, title } from "./pieces.js";
import { articleText, pathOf } from "./template.js";
import { textsOf } from "./texts.js";

const YEARS = 2;
const day = (years) => {
  const at = new Date();
  at.setFullYear(at.getFullYear() + years);
  return at.toISOString().slice(0, 10);
};

export async function drawNewArticle(app, place, { query }) {
  const { texts } = app;
  const phrase = query.get("phrase") ?? "";
  const spoken = query.get("language") === "en" ? "en" : "zh";
  const field = (id, further = {}) => element("input", { class: "field", id, required: true, maxlength: 200, ...further });
  const pattern = "[a-z0-9][a-z0-9_\\-]*";
  const lines = element("datalist", { id: "lines" });
  const fields = {
    line: field("new-line", { list: "lines", pattern }),
    name: field("new-name", { pattern }),
    zh: field("new-zh"),
    en: field("new-en"),
    owner: field("new-owner", { type: "email" }),
    source: field("new-source"),
    first: field("new-first", { type: "date", value: day(0) }),
    last: field("new-last", { type: "date", value: day(YEARS) }),
    phrase: field("new-phrase", { value: phrase, required: false }),
  };
  const handOver = element("input", { type: "checkbox", id: "new-hand-over" });
  const onsubmit = async (event) => {
    event.preventDefault();
    const draft = await app.needDraft();
    if (!draft) return;
    const of = (name) => fields[name].value.trim();
    for (const language of ["zh", "en"]) {
      const facts = {
        line: of("line"), name: of("name"), title: of(language), owner: of("owner"), source: of("source"),
        first: of("first"), last: of("last"), handOver: handOver.checked,
        phrase: language === spoken ? of("phrase") : "", hints: (await textsOf(language)).template,
      };
      if (!app.look(await write(draft, pathOf(language, of("line"), of("name")), articleText(facts)))) return;
    }
    await app.refreshDrafts();
    app.go(hrefOf(pathOf(spoken, of("line"), of("name"))));
  };
  const rows = Object.entries(fields).map(([name, input]) => labelled(texts.new_fields[name], input));
  place.replaceChildren(
    title(texts.screen_names.new, link("#/files", texts.back_to_files)),
    element("p", { class: "hint" }, texts.new_hint),
    element(
      "form",
      { class: "form", onsubmit },
      lines,
      ...rows,
      element("label", { class: "check" }, handOver, element("span", {}, texts.new_fields.hand_over)),
      element("button", { class: "button button--main", type: "submit", id: "new-make" }, texts.new_make),
    ),
  );
  const answer = await files("");
  if (!answer.ok) return;
  const known = new Set(answer.body.files.filter(({ kind }) => kind === "article").map(({ line }) => line));
  lines.replaceChildren(...[...known].map((value) => element("option", { value })));
}
