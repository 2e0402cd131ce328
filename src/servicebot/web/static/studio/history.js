/** Who published what, and with whose approval; a change can be laid open and rolled back. */
import { element } from "../shared/element.js";
import { momentOf } from "../shared/instant.js";
import { ask } from "../shared/question.js";
import { changes, history, rollBack } from "./api.js";
import { drawDiff } from "./diff_view.js";
import { button, data, none, title, waiting } from "./pieces.js";

const FEW = 3; // so many are laid open at once
const MOST_FILES = 100; // the first commit holds them all

export async function drawHistory(app, place) {
  const { texts } = app;
  const head = title(texts.screen_names.history);
  place.replaceChildren(head, waiting(texts.loading));
  const answer = await history();
  if (!app.look(answer)) return place.replaceChildren(head, none(texts.nothing_loaded));
  return show(app, place, head, answer.body.revisions);
}

function show(app, place, head, revisions) {
  const { texts } = app;
  if (revisions.length === 0) return place.replaceChildren(head, none(texts.no_history));
  const items = revisions.map((one) => drawRevision(app, one, (now) => show(app, place, head, now)));
  return place.replaceChildren(head, element("ul", { class: "cards", id: "revisions" }, ...items));
}

function drawRevision(app, { id, at, editor, approver, title: name, paths }, onRolledBack) {
  const { texts, language } = app;
  const inside = element("div", { class: "changes" });
  const ontoggle = async () => {
    if (!details.open || inside.childNodes.length) return;
    inside.replaceChildren(waiting(texts.loading));
    const answer = await changes(id);
    const found = app.look(answer) ? answer.body.changes : [];
    const drawn = found.slice(0, MOST_FILES).map((one) => drawChange(texts, one, found.length <= FEW));
    if (found.length > MOST_FILES) drawn.push(none(texts.further_files(found.length - MOST_FILES)));
    inside.replaceChildren(...drawn);
  };
  const details = element("details", { ontoggle }, element("summary", {}, texts.file_count(paths.length)), inside);
  const undo = async () => {
    const words = { title: texts.roll_back_title, text: texts.roll_back_text, yes: texts.roll_back, no: texts.cancel };
    if (!(await ask(words))) return;
    const answer = await rollBack(id);
    if (!app.look(answer)) return;
    app.tell(texts.rolled_back);
    app.watchLive();
    onRolledBack(answer.body.revisions);
  };
  return element(
    "li",
    { class: "card", "data-commit": id },
    data(name, "p", "draft__title"),
    element("p", { class: "note" }, momentOf(new Date(at), language), " · ", texts.author, " ", data(editor), ...(approver ? [" · ", texts.approver, " ", data(approver)] : [])),
    details,
    ...(app.approves ? [button(texts.roll_back, undo, "button--alarm")] : []),
  );
}

/** A file of a change; what is different is drawn when somebody opens it. */
function drawChange(texts, { path, before, after }, open) {
  const inside = element("div");
  const fill = () => {
    if (details.open && !inside.childNodes.length) inside.append(drawDiff(before, after, { ...texts, live: texts.before, in_draft: texts.after }));
  };
  const details = element("details", { ontoggle: fill, open }, element("summary", {}, data(path, "span", "path")), inside);
  fill();
  return details;
}
