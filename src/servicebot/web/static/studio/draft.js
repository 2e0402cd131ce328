/** One draft: what it changes, what the check says, what customers would notice, and its way on. */
import { element } from "../shared/element.js";
import { clockTime } from "../shared/instant.js";
import { ask } from "../shared/question.js";
import * as api from "./api.js";
import { chooseDraft, chosenDraft } from "./chosen_draft.js";
import { drawEffect } from "./effect.js";
import { button, data, faultList, hrefOf, labelled, link, none, title, waiting } from "./pieces.js";

const AGAIN_MS = 2_000;
const NO_PROGRESS = { state: "none", groups: [] };

export async function drawDraft(app, place, { id }) {
  const { texts } = app;
  const head = title(texts.screen_names.draft, link("#/drafts", texts.back_to_drafts));
  place.replaceChildren(head, waiting(texts.loading));
  const [answer, listed] = await Promise.all([api.draft(id), api.files(id)]);
  if (!app.look(answer)) return place.replaceChildren(head, none(texts.nothing_loaded));
  const titles = new Map((listed.body?.files ?? []).filter((one) => one.id).map((one) => [`${one.language} ${one.id}`, one.title]));
  const titled = (name) => texts.rules_decided[name] ?? titles.get(`${app.language} ${name}`) ?? titles.get(`zh ${name}`) ?? name;
  let { draft, faults } = answer.body;
  let progress = NO_PROGRESS;
  let left = null;
  let timer = 0;

  const draw = () => {
    const effect = element("div", { id: "effect" }, ...drawEffect(app, draft, progress, titled, maySign() ? sign : null));
    place.replaceChildren(
      head,
      ...drawFacts(app, draft),
      element("h3", {}, texts.files_of_draft),
      drawPaths(texts, draft, takeOver),
      element("h3", {}, texts.check),
      faultList(faults, texts),
      element("h3", {}, texts.effect),
      effect,
      ...(left === null ? [] : [drawLeft(app, left, draft, titled)]),
      element("div", { class: "acts", id: "acts" }, ...drawActs()),
      ...(mayGiveBack() ? [drawGiveBack()] : []),
    );
  };
  const wrote = () => [draft.author, ...draft.editors].includes(app.person.name);
  const maySign = () => app.approves && draft.state === "in_review" && !wrote();
  const mayGiveBack = () => app.approves && draft.state === "in_review";
  const running = () => ["fitting", "comparing"].includes(progress.state);

  const refresh = async () => {
    const [now, far] = await Promise.all([api.draft(id), api.effect(id)]);
    if (!app.look(now)) return;
    ({ draft, faults } = now.body);
    if (far.ok) progress = far.body;
    if (!place.isConnected) return;
    draw();
    if (running()) later();
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(follow, AGAIN_MS);
  };
  /** Asks how far the comparison is; only what moves is drawn again, so that the focus stays. */
  const follow = async () => {
    if (!place.isConnected) return;
    const answer = await api.effect(id);
    if (answer.status === 401) app.look(answer);
    if (!answer.ok) return later();
    progress = answer.body;
    if (!running()) return refresh();
    place.querySelector("#effect")?.replaceChildren(...drawEffect(app, draft, progress, titled, null));
    return later();
  };
  const compare = async () => {
    app.tell("");
    const begun = await api.compare(id);
    if (!app.look(begun)) return;
    progress = begun.body;
    await refresh();
  };
  const moved = async (answer, words) => {
    left = answer.status === 409 && answer.body?.unsigned ? answer.body : null;
    if (!app.look(answer)) {
      if (left !== null) draw();
      return;
    }
    app.tell(words);
    await app.refreshDrafts();
    await refresh();
  };
  const act = async (name) => moved(await api.move(id, name), texts.moved[name]);
  const submit = async () => (faults.length ? app.tell(texts.mend_first, true) : act("submit"));
  const publish = async () => {
    const words = { title: texts.publish_title, text: texts.publish_text, yes: texts.publish, no: texts.cancel };
    if (!(await ask(words))) return;
    const answer = await api.move(id, "publish");
    if (answer.ok) app.watchLive();
    await moved(answer, texts.moved.publish);
  };
  const drop = async () => {
    const words = { title: texts.drop_title, text: texts.drop_text, yes: texts.drop, no: texts.cancel };
    if (await ask(words)) await act("drop");
  };
  const sign = async (groups) => {
    if (groups.length === 0) return app.tell(texts.tick_first, true);
    return moved(await api.sign(id, groups), texts.signed(groups.length));
  };
  const takeOver = async (path) => moved(await api.takeOver(id, path), texts.taken_over);
  const write = () => {
    chooseDraft(id);
    app.refreshDrafts();
    app.go(draft.paths.length ? hrefOf(draft.paths[0]) : "#/files");
  };

  const drawActs = () => {
    const acts = [];
    if (["open", "in_review"].includes(draft.state)) acts.push(button(texts.compare, compare, "", { id: "compare", "aria-disabled": faults.length || !draft.paths.length ? "true" : null }));
    if (draft.state === "open") {
      acts.push(button(texts.write_on, write, "", { id: "write-on" }));
      acts.push(button(texts.submit, submit, "button--main", { id: "submit", "aria-disabled": faults.length ? "true" : null }));
      acts.push(button(texts.drop, drop, "button--alarm", { id: "drop" }));
    }
    if (draft.state === "in_review") {
      acts.push(button(texts.reopen, () => act("reopen"), "", { id: "reopen" }));
      if (app.approves && !wrote()) acts.push(button(texts.publish, publish, "button--main", { id: "publish" }));
      if (app.approves && wrote()) acts.push(none(texts.second_person));
      if (!app.approves) acts.push(none(texts.waits_for_approver));
    }
    return acts;
  };
  const drawGiveBack = () => {
    const said = element("textarea", { class: "field", id: "give-back-said", rows: 2, required: true, maxlength: 2000 });
    const onsubmit = async (event) => {
      event.preventDefault();
      await moved(await api.giveBack(id, said.value.trim()), texts.moved.give_back);
    };
    return element("form", { class: "form", onsubmit }, labelled(texts.give_back_why, said), element("button", { class: "button", type: "submit", id: "give-back" }, texts.give_back));
  };
  if (draft.state === "open" && !chosenDraft()) {
    chooseDraft(id);
    app.refreshDrafts();
  }
  await refresh();
  return undefined;
}

function drawFacts({ texts, language }, draft) {
  const { title: name, state, author, editors, changed, said, approver } = draft;
  const writers = [...new Set([author, ...editors])].join(", ");
  const facts = [texts.author, " ", data(writers), " · ", texts.changed_at, " ", clockTime(new Date(changed), language)];
  if (approver) facts.push(" · ", texts.approver, " ", data(approver));
  const parts = [
    element("p", { class: "draft__title" }, data(name), " ", element("span", { class: `tag tag--${state}`, id: "draft-state", "data-state": state }, texts.states[state])),
    element("p", { class: "note" }, ...facts),
  ];
  if (said) parts.push(element("p", { class: "hint" }, texts.given_back_for, " ", data(said)));
  return parts;
}

function drawPaths(texts, { paths, state }, takeOver) {
  if (paths.length === 0) return none(texts.draft_empty);
  const act = (path) => (state === "open" ? [" ", button(texts.take_over, () => takeOver(path), "button--plain")] : []);
  const items = paths.map((path) => element("li", {}, link(hrefOf(path), data(path)), ...act(path)));
  return element("ul", { class: "hits", id: "paths" }, ...items);
}

function drawLeft({ texts }, { faults, unsigned }, draft, titled) {
  const named = unsigned.map((id) => draft.effect?.groups.find((one) => one.id === id)).filter(Boolean);
  const items = named.map(({ was, becomes }) => element("li", {}, data(`${titled(was)} → ${titled(becomes)}`)));
  const parts = [element("h3", {}, texts.left_to_do)];
  if (faults.length) parts.push(faultList(faults, texts));
  if (items.length) parts.push(element("p", {}, texts.left_unsigned), element("ul", { class: "hits" }, ...items));
  return element("div", { class: "hint", id: "left-to-do" }, ...parts);
}
