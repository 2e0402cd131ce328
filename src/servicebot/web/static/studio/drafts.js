/** All drafts: what waits for a second person first. */
import { element } from "../shared/element.js";
import { clockTime } from "../shared/instant.js";
import { drafts } from "./api.js";
import { data, link, none, title, waiting } from "./pieces.js";

export async function drawDrafts(app, place) {
  const { texts } = app;
  const head = title(texts.screen_names.drafts);
  place.replaceChildren(head, waiting(texts.loading));
  const answer = await drafts();
  if (!app.look(answer)) return place.replaceChildren(head, none(texts.nothing_loaded));
  const every = answer.body.drafts;
  const waits = every.filter(({ state }) => state === "in_review");
  const open = every.filter(({ state }) => state === "open");
  const done = every.filter(({ state }) => !["in_review", "open"].includes(state));
  const part = (words, found, empty, id) => [
    element("h3", {}, words),
    found.length ? element("ul", { class: "cards", id }, ...found.map((one) => drawOne(app, one))) : none(empty),
  ];
  return place.replaceChildren(
    head,
    ...part(texts.review_queue, waits, texts.no_review, "in-review"),
    ...part(texts.open_drafts, open, texts.no_drafts, "open-drafts"),
    ...part(texts.done_drafts, done, texts.no_done, "done-drafts"),
  );
}

function drawOne({ texts, language }, one) {
  const { id, title: name, author, state, changed, paths, approver } = one;
  return element(
    "li",
    { class: "card" },
    element("p", {}, link(`#/draft/${encodeURIComponent(id)}`, data(name)), " ", element("span", { class: `tag tag--${state}` }, texts.states[state])),
    element(
      "p",
      { class: "note" },
      texts.author, " ", data(author), " · ", texts.file_count(paths.length), " · ", clockTime(new Date(changed), language),
      ...(approver ? [" · ", texts.approver, " ", data(approver)] : []),
    ),
  );
}
