/** Questions and answers of another program become articles of a draft. */
import { element } from "../shared/element.js";
import { files, importFile } from "./api.js";
import { chooseDraft, chosenDraft } from "./chosen_draft.js";
import { data, faultList, hrefOf, labelled, link, title } from "./pieces.js";
import { chosenFile, drawNotTaken, fileField } from "./upload.js";

const YEARS = 2;
const day = (years) => {
  const at = new Date();
  at.setFullYear(at.getFullYear() + years);
  return at.toISOString().slice(0, 10);
};

export async function drawImports(app, place) {
  const { texts } = app;
  const found = element("div", { id: "import-taken" });
  const lines = element("datalist", { id: "import-lines" });
  place.replaceChildren(
    title(texts.screen_names.imports),
    element("p", { class: "hint" }, texts.imports_hint),
    element("ul", { class: "hits" }, ...texts.import_kinds.map((words) => element("li", { class: "note" }, words))),
    drawForm(app, lines, found),
    found,
  );
  const answer = await files("");
  if (!answer.ok) return;
  const known = new Set(answer.body.files.filter(({ kind }) => kind === "article").map(({ line }) => line));
  lines.replaceChildren(...[...known].map((value) => element("option", { value })));
}

function drawForm(app, lines, found) {
  const { texts } = app;
  const { input, field } = fileField(texts, texts.import_file, "import-file", ".yaml,.yml,.xlsx,.csv");
  const text = (id, further = {}) => element("input", { class: "field", id, required: true, maxlength: 200, ...further });
  const fields = {
    line: text("import-line", { list: "import-lines", pattern: "[a-z0-9][a-z0-9_\\-]*", maxlength: 40 }),
    owner: text("import-owner", { type: "email" }),
    source: text("import-source"),
    first: text("import-first", { type: "date", value: day(0) }),
    last: text("import-last", { type: "date", value: day(YEARS) }),
  };
  const near = element("input", { type: "checkbox", id: "import-near" });
  const onsubmit = async (event) => {
    event.preventDefault();
    const file = chosenFile(app, input);
    if (file === null) return;
    app.tell(texts.importing);
    const facts = Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, one.value.trim()]));
    const answer = await importFile(file, { ...facts, draft: chosenDraft(), near: near.checked ? "true" : "" });
    if (!app.look(answer)) return;
    app.tell("");
    if (answer.body.draft !== null) chooseDraft(answer.body.draft.id);
    await app.refreshDrafts();
    found.replaceChildren(...drawTaken(texts, answer.body));
  };
  return element(
    "form",
    { class: "form", onsubmit },
    lines,
    field,
    ...Object.entries(fields).map(([name, one]) => labelled(texts.new_fields[name], one)),
    element("label", { class: "check" }, near, element("span", {}, texts.import_near)),
    element("button", { class: "button button--main", type: "submit", id: "import-take" }, texts.import_yes),
  );
}

function drawTaken(texts, { draft, faults, topics, not_taken: refused }) {
  const items = topics.map(({ title: name, path, phrases, new: made }) =>
    element("li", {}, link(hrefOf(path), data(name)), " ", element("span", { class: "note" }, made ? texts.article_made(phrases) : texts.phrases_added(phrases))),
  );
  const after = draft === null ? [] : [element("h3", {}, texts.check), faultList(faults, texts), element("p", {}, link(`#/draft/${encodeURIComponent(draft.id)}`, texts.look_at_draft))];
  return [
    element("p", { class: "good", id: "import-count", role: "status" }, texts.topics_taken(topics.length)),
    ...(items.length ? [element("ul", { class: "hits", id: "import-topics" }, ...items)] : []),
    ...drawNotTaken(texts, refused),
    ...after,
  ];
}
