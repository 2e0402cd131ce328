/** The tables of the content: downloaded for Excel, and taken back into the current draft. */
import { element } from "../shared/element.js";
import { hrefTo, tables, uploadTable } from "./api.js";
import { chosenDraft } from "./chosen_draft.js";
import { data, faultList, hrefOf, labelled, link, none, select, title, waiting } from "./pieces.js";
import { chosenFile, drawNotTaken, fileField } from "./upload.js";

export async function drawTables(app, place) {
  const { texts } = app;
  const head = title(texts.screen_names.tables);
  place.replaceChildren(head, waiting(texts.loading));
  const draft = chosenDraft();
  const answer = await tables(draft);
  if (!app.look(answer)) return place.replaceChildren(head, none(texts.nothing_loaded));
  const every = answer.body.tables;
  const found = element("div", { id: "table-taken" });
  return place.replaceChildren(
    head,
    element("p", { class: "hint" }, texts.tables_hint),
    element("h3", {}, texts.download),
    element("p", { class: "acts" }, element("a", { class: "plain-link", id: "all-tables", href: hrefTo("tables/file", { draft }), download: true }, texts.all_tables), element("a", { class: "plain-link", id: "all-articles", href: hrefTo("articles/file", { draft }), download: true }, texts.all_articles)),
    drawList(texts, every, draft),
    element("h3", {}, texts.take_back),
    drawForm(app, every, found),
    found,
  );
}

function drawList(texts, every, draft) {
  const rows = every.map(({ path, rows: count, changed }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, link(hrefOf(path), data(path, "span", "path")), ...(changed ? [" ", element("span", { class: "tag" }, texts.changed)] : [])),
      element("td", { class: "number" }, String(count)),
      element(
        "td",
        {},
        element(
          "span",
          { class: "links" },
          ...["xlsx", "csv", "gbk"].map((form) =>
            element("a", { class: "plain-link", href: hrefTo("tables/file", { path, draft, form }), download: true, "aria-label": `${texts.table_as[form]} ${path}`, translate: "no" }, texts.table_as[form]),
          ),
        ),
      ),
    ),
  );
  const names = [texts.table_columns.table, texts.table_columns.rows, texts.table_columns.files];
  return element(
    "div",
    { class: "scroll", role: "region", tabindex: "0", "aria-label": texts.screen_names.tables },
    element("table", { class: "table", id: "tables" }, element("thead", {}, element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name)))), element("tbody", {}, ...rows)),
  );
}

function drawForm(app, every, found) {
  const { texts } = app;
  const { input, field } = fileField(texts, texts.table_file, "table-file", ".xlsx,.csv");
  const which = select([["", texts.by_workbook], ...every.map(({ path }) => [path, path])], "", null);
  which.id = "table-path";
  for (const one of [...which.options].slice(1)) one.translate = false;
  input.addEventListener("change", () => {
    const stem = (input.files[0]?.name ?? "").replace(/( \(\d+\))?\.csv$/i, "");
    which.value = every.find(({ path }) => path.endsWith(`/${stem}.csv`))?.path ?? "";
  });
  const onsubmit = async (event) => {
    event.preventDefault();
    const file = chosenFile(app, input);
    const draft = file === null ? "" : await app.needDraft();
    if (!draft) return;
    app.tell(texts.uploading);
    const answer = await uploadTable(draft, file, which.value);
    if (!app.look(answer)) return;
    app.tell("");
    await app.refreshDrafts();
    found.replaceChildren(...drawTaken(texts, answer.body));
  };
  return element(
    "form",
    { class: "form", onsubmit },
    field,
    labelled(texts.table_which, which),
    element("button", { class: "button button--main", type: "submit", id: "table-take" }, texts.take_yes),
  );
}

function drawTaken(texts, { draft, faults, count, cells, not_taken: refused }) {
  const items = cells.map(({ path, row, column, before, after }) =>
    element("li", {}, link(hrefOf(path, row), data(`${path.split("/").at(-1)} ${row}:${column}`)), " ", data(before, "del"), " → ", data(after, "ins")),
  );
  return [
    element("p", { class: "good", id: "table-count", role: "status" }, count ? texts.cells_changed(count) : texts.no_cells),
    ...(items.length ? [element("ul", { class: "hits", id: "cells" }, ...items)] : []),
    ...drawNotTaken(texts, refused),
    element("h3", {}, texts.check),
    faultList(faults, texts),
    element("p", {}, link(`#/draft/${encodeURIComponent(draft.id)}`, texts.look_at_draft)),
  ];
}
