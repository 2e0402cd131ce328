/** What there is: every file with what became of the questions that it answered. */
import { element } from "../shared/element.js";
import { clockTime } from "../shared/instant.js";
import { files, search } from "./api.js";
import { COUNTS, drawByLine } from "./by_line.js";
import { chosenDraft } from "./chosen_draft.js";
import { data, hrefOf, labelled, link, none, select, title, waiting } from "./pieces.js";
import { comparing, drawHeads } from "./sorting.js";

const SOON_DAYS = 60;
const DAY_MS = 86_400_000;
const STEP = 100;
const LISTS = {
  all: () => true,
  never: ({ kind, asked }) => ["article", "intent"].includes(kind) && asked === 0,
  handed_over: ({ handed_over: handed }) => handed > 0,
  unsolved: ({ unsolved }) => unsolved > 0,
  expiring: ({ valid_to: to }) => to !== null && (new Date(to) - Date.now()) / DAY_MS < SOON_DAYS,
  changed: ({ changed }) => changed,
};
const chosen = { list: "all", kind: "", language: "", line: "", words: "" };
const order = { by: "asked", down: true };
let searched = "";

export async function drawFiles(app, place) {
  const { texts } = app;
  const head = title(texts.screen_names.files, link("#/new", texts.new_article));
  place.replaceChildren(head, waiting(texts.loading));
  const answer = await files(chosenDraft());
  if (!app.look(answer)) return place.replaceChildren(head, none(texts.nothing_loaded));
  const { files: every, since, turns } = answer.body;
  const from = since === null ? texts.nothing_asked : texts.counted(turns, clockTime(new Date(since), app.language));
  const table = element("div", { id: "files" });
  const show = (most = STEP) => drawTable(app, table, every, most, show);
  const filters = drawFilters(texts, every, show);
  const byLine = drawByLine(texts, every, (line) => {
    chosen.line = line;
    const field = filters.querySelector("#filter-line");
    field.value = line;
    show();
    field.focus();
  });
  place.replaceChildren(head, drawSearch(app), element("p", { class: "note" }, from), byLine, filters, table);
  show();
  return undefined;
}

function drawFilters(texts, every, show) {
  const of = (name, options) => {
    const field = select(options, chosen[name], () => ((chosen[name] = field.value), show()));
    field.id = `filter-${name}`;
    return labelled(texts.filters[name], field);
  };
  const named = (values, words) => [["", texts.any], ...values.map((one) => [one, words[one] ?? one])];
  const distinct = (name) => [...new Set(every.map((one) => one[name] ?? ""))].filter(Boolean).sort();
  const words = element("input", {
    class: "field", id: "filter-words", type: "search", value: chosen.words, maxlength: 100,
    oninput: () => ((chosen.words = words.value), show()),
  });
  const lines = of("line", named(distinct("line"), {}));
  for (const one of [...lines.querySelectorAll("option")].slice(1)) one.translate = false;
  return element(
    "div",
    { class: "filters" },
    of("list", Object.keys(LISTS).map((one) => [one, texts.lists[one]])),
    of("kind", named(distinct("kind"), texts.kinds)),
    of("language", named(distinct("language"), texts.languages)),
    lines,
    labelled(texts.filters.words, words),
  );
}

function drawTable({ texts }, table, every, most, show) {
  const needle = chosen.words.trim().toLocaleLowerCase();
  const found = every
    .filter(LISTS[chosen.list])
    .filter((one) => ["kind", "language", "line"].every((name) => !chosen[name] || one[name] === chosen[name]))
    .filter((one) => !needle || `${one.path} ${one.title} ${one.id}`.toLocaleLowerCase().includes(needle))
    .sort(comparing(order, "path"));
  const count = element("p", { class: "note", role: "status" }, texts.files_shown(Math.min(most, found.length), found.length));
  if (found.length === 0) return table.replaceChildren(count, none(texts.no_files[chosen.list]));
  const again = (name) => {
    show(most);
    table.querySelector(`[data-sort="${name}"]`).focus();
  };
  const heads = drawHeads(["title", "kind", ...COUNTS, "valid_to"], texts.columns, order, again);
  const rows = found.slice(0, most).map((one) => drawRow(texts, one));
  const more = element("button", { type: "button", class: "button", onclick: () => show(most + STEP) }, texts.show_more);
  table.replaceChildren(
    count,
    element(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": texts.screen_names.files },
      element("table", { class: "table" }, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows)),
    ),
    ...(found.length > most ? [more] : []),
  );
  return undefined;
}

function drawRow(texts, one) {
  const number = (value) => element("td", { class: "number" }, String(value));
  return element(
    "tr",
    { "data-path": one.path },
    element(
      "th",
      { scope: "row" },
      link(hrefOf(one.path), data(one.title)),
      ...(one.changed ? [" ", element("span", { class: "tag" }, texts.changed)] : []),
      data(one.path, "div", "path"),
    ),
    element("td", {}, texts.kinds[one.kind], one.language ? ` · ${texts.languages[one.language]}` : ""),
    ...COUNTS.map((name) => number(one[name])),
    element("td", { class: "number" }, one.valid_to ?? ""),
  );
}

function drawSearch(app) {
  const { texts } = app;
  const found = element("div", { id: "hits", role: "status" });
  const field = element("input", { class: "field", id: "search-words", type: "search", value: searched, maxlength: 200, required: true });
  const onsubmit = async (event) => {
    event.preventDefault();
    searched = field.value.trim();
    if (!searched) return found.replaceChildren();
    found.replaceChildren(waiting(texts.loading));
    const answer = await search(searched);
    if (!app.look(answer)) return found.replaceChildren();
    const { hits, more } = answer.body;
    const items = hits.map(({ path, line, text }) =>
      element("li", {}, link(hrefOf(path, line), data(`${path}:${line}`)), " ", data(text)),
    );
    const words = hits.length ? texts.hits(hits.length, more) : texts.no_hits;
    return found.replaceChildren(element("p", {}, words), element("ul", { class: "hits" }, ...items));
  };
  return element(
    "form",
    { class: "search", role: "search", onsubmit },
    labelled(texts.search, field),
    element("button", { class: "button", type: "submit" }, texts.search_yes),
    found,
  );
}
