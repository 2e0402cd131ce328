/** Tables of questions with the topics that should answer them: run, kept, compared. */
import { element } from "../shared/element.js";
import { momentOf } from "../shared/instant.js";
import { beginTest, hrefTo, tests } from "./api.js";
import { chosenDraft } from "./chosen_draft.js";
import { data, labelled, link, none, select, title, waiting } from "./pieces.js";
import { chosenFile, fileField } from "./upload.js";

/** The tests that this page has begun: another process of the server knows them only when they are done. */
export const begun = new Set();

export async function drawTests(app, place) {
  const { texts } = app;
  const head = title(texts.screen_names.tests);
  const list = element("div", { id: "tests" }, waiting(texts.loading));
  place.replaceChildren(head, element("p", { class: "hint" }, texts.tests_hint), ...drawForm(app), element("h3", {}, texts.tests_before), list);
  const answer = await tests();
  if (!app.look(answer)) return list.replaceChildren(none(texts.nothing_loaded));
  const { runs } = answer.body;
  return list.replaceChildren(runs.length ? drawRuns(app, runs) : none(texts.no_tests));
}

function drawForm(app) {
  const { texts } = app;
  const { input, field } = fileField(texts, texts.test_file, "test-file", ".xlsx,.csv");
  const draft = chosenDraft();
  const editions = [["", texts.live], ...(draft ? [[draft, texts.in_draft]] : [])];
  const edition = select(editions, draft, null);
  edition.id = "test-edition";
  let busy = false;
  const onsubmit = async (event) => {
    event.preventDefault();
    const file = chosenFile(app, input);
    if (busy || file === null) return;
    busy = true;
    app.tell(texts.uploading);
    const answer = await beginTest(file, edition.value);
    busy = false;
    if (!app.look(answer)) return;
    app.tell("");
    begun.add(answer.body.id);
    app.go(`#/test/${encodeURIComponent(answer.body.id)}`);
  };
  const forms = ["xlsx", "csv"].map((form) =>
    element("a", { class: "plain-link", href: hrefTo("tests/template", { form, language: app.language }), download: true }, texts.template_as[form]),
  );
  return [
    element(
      "form",
      { class: "form", onsubmit },
      field,
      labelled(texts.test_edition, edition),
      element("button", { class: "button button--main", type: "submit", id: "test-begin" }, texts.test_begin),
    ),
    element("p", { class: "acts" }, ...forms),
  ];
}

function drawRuns({ texts, language }, runs) {
  const names = ["table", "when", "who", "edition", "right", "questions"];
  const rows = runs.map((one) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, link(`#/test/${encodeURIComponent(one.id)}`, data(one.table))),
      element("td", {}, momentOf(new Date(one.at), language)),
      data(one.who, "td"),
      element("td", {}, editionOf(texts, one)),
      element("td", { class: "number" }, shareOf(texts, one)),
      element("td", { class: "number" }, String(one.questions)),
    ),
  );
  return element(
    "div",
    { class: "scroll", role: "region", tabindex: "0", "aria-label": texts.tests_before },
    element(
      "table",
      { class: "table" },
      element("thead", {}, element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, texts.run_columns[name])))),
      element("tbody", {}, ...rows),
    ),
  );
}

/** Which content was asked. */
export function editionOf(texts, { edition, draft, draft_title: name }) {
  const version = data(edition.slice(0, 8));
  return element("span", {}, draft ? texts.in_draft : texts.live, " ", ...(draft ? [data(name), " "] : []), version);
}

/** How many came out as they should. */
export function shareOf(texts, { expected, passed }) {
  return expected ? texts.share(passed, expected, `${((100 * passed) / expected).toFixed(1)}%`) : texts.nothing_expected;
}
