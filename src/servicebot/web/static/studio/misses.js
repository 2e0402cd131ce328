/** What customers asked in vain, those that mean the same together, and where it may belong. */
import { element } from "../shared/element.js";
import { clockTime } from "../shared/instant.js";
import { mend, misses } from "./api.js";
import { chooseDraft, chosenDraft } from "./chosen_draft.js";
import { button, data, hrefOf, link, none, title, waiting } from "./pieces.js";

export async function drawMisses(app, place) {
  const { texts } = app;
  const head = title(texts.screen_names.misses);
  place.replaceChildren(head, waiting(texts.misses_loading));
  const answer = await misses();
  if (!app.look(answer)) return place.replaceChildren(head, none(texts.nothing_loaded));
  const { groups, since, turns } = answer.body;
  const from = since === null ? texts.nothing_asked : texts.counted(turns, clockTime(new Date(since), app.language));
  const board = groups.length
    ? element("ul", { class: "cards", id: "misses" }, ...groups.map((one) => drawMiss(app, one)))
    : none(texts.no_misses);
  return place.replaceChildren(head, element("p", { class: "note" }, from), board);
}

function drawMiss(app, one) {
  const { texts } = app;
  const { phrase, language, questions, homes } = one;
  const items = homes.map(({ title: name, path, chance }) =>
    element(
      "li",
      { class: "home" },
      link(hrefOf(path), data(name)),
      " ",
      element("span", { class: "note" }, texts.chance(`${Math.round(100 * chance)}%`)),
      " ",
      button(texts.add_phrase, () => add(app, path, phrase)),
    ),
  );
  return element(
    "li",
    { class: "card" },
    data(phrase, "p", "quote"),
    element("p", { class: "note" }, texts.languages[language], " · ", texts.miss_counts(one)),
    element("details", {}, element("summary", {}, texts.show_questions(questions.length)), element("ul", { class: "hits" }, ...questions.map((text) => data(text, "li")))),
    element("p", {}, homes.length ? texts.homes : texts.no_homes),
    element("ul", { class: "hits" }, ...items),
    link(`#/new?${new URLSearchParams({ phrase, language })}`, texts.new_from_this),
  );
}

/** Into the current draft; where there is none, one is begun with the phrase as its title. */
async function add(app, path, phrase) {
  const answer = await mend(path, phrase, chosenDraft());
  if (!app.look(answer)) return;
  const { id } = answer.body.draft;
  chooseDraft(id);
  await app.refreshDrafts();
  app.go(`#/draft/${encodeURIComponent(id)}`);
}
