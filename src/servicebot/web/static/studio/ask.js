/** A test question: what customers are told now, what the draft would tell them, and why. */
import { element } from "../shared/element.js";
import { ask } from "./api.js";
import { chosenDraft } from "./chosen_draft.js";
import { data, labelled, none, title, waiting } from "./pieces.js";

let asked = "";
let told = null;

export function drawAsk(app, place) {
  const { texts } = app;
  const field = element("input", { class: "field", id: "question", required: true, maxlength: 2000, value: asked });
  const answer = element("div", { id: "answer" });
  let busy = false;
  const onsubmit = async (event) => {
    event.preventDefault();
    if (busy || !field.value.trim()) return;
    busy = true;
    asked = field.value.trim();
    answer.replaceChildren(waiting(texts.asking));
    const got = await ask(asked, chosenDraft());
    busy = false;
    told = app.look(got) ? got.body : null;
    show(app, answer);
  };
  place.replaceChildren(
    title(texts.screen_names.ask),
    element("p", { class: "hint" }, chosenDraft() ? texts.ask_both : texts.ask_live),
    element(
      "form",
      { class: "search", onsubmit },
      labelled(texts.question, field),
      element("button", { class: "button button--main", type: "submit" }, texts.ask_yes),
    ),
    answer,
  );
  show(app, answer);
}

function show({ texts }, answer) {
  if (told === null) return answer.replaceChildren(none(texts.nothing_tested));
  const cards = [["live", told.live], ["draft", told.draft]].filter(([, one]) => one !== null);
  const same = told.draft !== null && told.draft.reply === told.live.reply && told.draft.answer === told.live.answer;
  const verdict = told.draft === null ? [] : [element("p", { class: "note" }, same ? texts.answers_same : texts.answers_differ)];
  return answer.replaceChildren(
    data(asked, "p", "quote"),
    ...verdict,
    element("div", { class: "pair" }, ...cards.map(([name, one]) => drawJudgement(texts, name, one))),
    element("h3", {}, texts.why),
    ...told.why.map((one) => drawReason(texts, one)),
    ...(told.why.length ? [] : [none(texts.no_why)]),
  );
}

function drawJudgement(texts, name, one) {
  return element(
    "section",
    { class: "card", "data-edition": name },
    element("h3", {}, name === "live" ? texts.live : texts.in_draft),
    element("p", {}, texts.wins, " ", data(one.title)),
    element("p", { class: "note" }, texts.chance(percent(one.probability)), " · ", texts.bands[one.band] ?? data(one.band)),
    data(one.reply, "p", "reply"),
  );
}

function drawReason(texts, { title: name, probability, words, phrases }) {
  const near = phrases.map(({ text, nearness }) =>
    element("li", {}, data(text), " ", element("span", { class: "note" }, texts.nearness(nearness.toFixed(2)))),
  );
  const parts = [];
  if (words.length) parts.push(element("p", {}, texts.words_for, " ", data(words.join(" · "))));
  if (near.length) parts.push(element("p", {}, texts.nearest), element("ul", { class: "hits" }, ...near));
  return element(
    "details",
    { class: "reason", open: probability >= 0.5 },
    element("summary", {}, data(name), " ", texts.chance(percent(probability))),
    ...parts,
  );
}

function percent(part) {
  return `${Math.round(part * 100)}%`;
}
