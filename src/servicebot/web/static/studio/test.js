/** One test of a table: how far it is, then what every question came out as. */
import { element } from "../shared/element.js";
import { momentOf } from "../shared/instant.js";
import { hrefTo, test } from "./api.js";
import { data, labelled, link, none, select, title, waiting } from "./pieces.js";
import { begun, editionOf, shareOf } from "./tests.js";

const AGAIN_MS = 500;
const STEP = 100;
const LISTS = {
  all: () => true,
  wrong: ({ passed }) => passed === false,
  changed: ({ changed }) => changed,
  right: ({ passed }) => passed === true,
};

export async function drawTest(app, place, { id }) {
  const { texts } = app;
  const head = title(texts.screen_names.test, link("#/tests", texts.back_to_tests));
  const inside = element("div", { id: "test" }, waiting(texts.loading));
  place.replaceChildren(head, inside);
  for (;;) {
    const answer = await test(id);
    if (!place.isConnected) return undefined;
    if (answer.status === 404 && begun.has(id)) {
      await new Promise((go) => setTimeout(go, AGAIN_MS));
      continue;
    }
    if (!app.look(answer)) return inside.replaceChildren(none(texts.nothing_loaded));
    const told = answer.body;
    if (told.state === "failed") return inside.replaceChildren(element("p", { class: "fault" }, texts.test_failed), data(told.why, "p", "note"));
    if (told.state === "done") return inside.replaceChildren(...drawDone(app, told));
    inside.replaceChildren(drawProgress(texts, told));
    await new Promise((go) => setTimeout(go, AGAIN_MS));
  }
}

function drawProgress(texts, { state, done, of }) {
  const words = state === "fitting" ? texts.test_fitting : texts.test_asking(done, of);
  const bar = state === "fitting" ? { max: 1 } : { max: of || 1, value: done };
  return element("div", { class: "progress" }, element("p", { role: "status" }, words), element("progress", { ...bar, "aria-label": texts.screen_names.test }));
}

function drawDone(app, { id, run, before, rows }) {
  const { texts, language } = app;
  const changed = rows.filter(LISTS.changed).length;
  const files = ["xlsx", "csv", "gbk"].map((form) =>
    element("a", { class: "plain-link", href: hrefTo(`tests/${encodeURIComponent(id)}/file`, { form }), download: true }, texts.result_as[form]),
  );
  const last = before === null ? texts.no_last_time : texts.last_time(momentOf(new Date(before.at), language), shareOf(texts, before), changed);
  const strange = run.unknown.length ? [element("p", { class: "hint" }, texts.unknown_topics, " ", data(run.unknown.join(", ")))] : [];
  const table = element("div", { id: "test-rows" });
  let list = rows.some(LISTS.wrong) ? "wrong" : "all";
  const show = (most = STEP) => drawRows(texts, table, rows.filter(LISTS[list]), list, most, show);
  const lists = Object.keys(LISTS).map((one) => [one, texts.test_lists[one](rows.filter(LISTS[one]).length)]);
  const choice = select(lists, list, () => ((list = choice.value), show()));
  choice.id = "test-list";
  show();
  return [
    element("p", { class: "draft__title" }, data(run.table)),
    element("p", { class: "note" }, editionOf(texts, run), " · ", momentOf(new Date(run.at), language), " · ", data(run.who), " · ", texts.test_took(run.took_s.toFixed(1))),
    element("p", { class: "good", id: "test-share" }, texts.run_columns.right, texts.colon, shareOf(texts, run)),
    element("p", { id: "test-last" }, last),
    ...strange,
    element("p", { class: "acts" }, ...files),
    drawTopics(texts, rows),
    element("div", { class: "filters" }, labelled(texts.test_show, choice)),
    table,
  ];
}

/** How each expected topic fares, the worst first. */
function drawTopics(texts, rows) {
  const topics = new Map();
  for (const { expected, expected_title: name, passed } of rows) {
    if (passed === null) continue;
    const one = topics.get(expected) ?? { name, asked: 0, right: 0 };
    one.asked += 1;
    one.right += passed ? 1 : 0;
    topics.set(expected, one);
  }
  if (topics.size === 0) return element("p", { class: "note" }, texts.nothing_expected);
  const sorted = [...topics.values()].sort((a, b) => a.right / a.asked - b.right / b.asked || b.asked - a.asked);
  const items = sorted.map(({ name, asked, right }) => element("li", {}, data(name), " ", element("span", { class: "note" }, texts.share(right, asked, `${Math.round((100 * right) / asked)}%`))));
  return element("details", { id: "test-topics" }, element("summary", {}, texts.by_topic(topics.size)), element("ul", { class: "hits" }, ...items));
}

function drawRows(texts, place, rows, list, most, show) {
  if (rows.length === 0) return place.replaceChildren(none(texts.no_test_rows[list]));
  const names = ["row", "question", "expected", "answer", "before"];
  const drawn = rows.slice(0, most).map((one) => drawRow(texts, one));
  const more = rows.length > most ? [element("button", { type: "button", class: "button", onclick: () => show(most + STEP) }, texts.show_more)] : [];
  return place.replaceChildren(
    element(
      "div",
      { class: "scroll", role: "region", tabindex: "0", "aria-label": texts.screen_names.test },
      element(
        "table",
        { class: "table" },
        element("thead", {}, element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, texts.row_columns[name])))),
        element("tbody", {}, ...drawn),
      ),
    ),
    ...more,
  );
}

function drawRow(texts, one) {
  const { row, text, expected, expected_title: wanted, answer, title: name, probability, reply, passed, was, changed } = one;
  const titled = texts.rules_decided[answer] ?? data(name);
  const verdict = passed === null ? [] : [element("span", { class: passed ? "tag tag--published" : "tag tag--wrong" }, passed ? texts.right : texts.wrong), " "];
  const before = was === null ? "" : changed ? data(texts.rules_decided[was] ?? was) : texts.as_before;
  return element(
    "tr",
    { "data-row": row },
    element("td", { class: "number" }, String(row)),
    element("th", { scope: "row" }, data(text)),
    element("td", {}, expected ? data(texts.rules_decided[expected] ?? wanted) : ""),
    element(
      "td",
      {},
      ...verdict,
      titled,
      " ",
      element("span", { class: "note" }, texts.chance(`${Math.round(probability * 100)}%`)),
      element("details", {}, element("summary", {}, texts.show_reply), data(reply, "p", "reply")),
    ),
    element("td", {}, before),
  );
}
