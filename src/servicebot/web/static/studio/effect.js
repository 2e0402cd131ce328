/** What a draft changes: past questions that come out otherwise, in groups to look at and sign. */
import { element } from "../shared/element.js";
import { data, none } from "./pieces.js";

/**
 * @param {any} app
 * @param {any} draft with `effect`
 * @param {any} progress with the questions, as far as this process knows them
 * @param {(id: string) => string} titled the title of an answer
 * @param {(groups: string[]) => void} onSign null: this person signs nothing
 */
export function drawEffect(app, draft, progress, titled, onSign) {
  const { texts } = app;
  if (progress.state === "failed") return [element("p", { class: "fault" }, texts.effect_failed), data(progress.why, "p", "note")];
  if (["fitting", "comparing"].includes(progress.state)) return [drawProgress(texts, progress)];
  if (draft.effect === null) return [none(texts.no_effect)];
  const { questions, stale, groups } = draft.effect;
  const parts = [element("p", { id: "effect-told" }, texts.effect_told(questions, groups.length))];
  if (stale) parts.unshift(element("p", { class: "hint" }, texts.effect_stale));
  const known = new Map(progress.groups.map((one) => [one.id, one]));
  const boxes = [];
  const items = groups.map((one) => drawGroup(app, draft, one, known.get(one.id), titled, onSign === null ? null : boxes));
  parts.push(element("ul", { class: "cards", id: "groups" }, ...items));
  if (onSign !== null && boxes.length) {
    const all = element("button", { type: "button", class: "button", onclick: () => boxes.forEach((box) => (box.checked = true)) }, texts.tick_all);
    const sign = () => onSign(boxes.filter((box) => box.checked).map((box) => box.value));
    parts.push(element("div", { class: "acts" }, all, element("button", { type: "button", class: "button button--main", id: "sign", onclick: sign }, texts.sign)));
  }
  return parts;
}

function drawProgress(texts, { state, done, of }) {
  const words = state === "fitting" ? texts.fitting : texts.comparing(done, of);
  const bar = state === "fitting" ? { max: 1 } : { max: of || 1, value: done };
  return element("div", { class: "progress" }, element("p", { role: "status" }, words), element("progress", { ...bar, "aria-label": texts.effect }));
}

function drawGroup({ texts }, { author, editors }, group, known, titled, boxes) {
  const { id, was, becomes, signed } = group;
  const [from, to] = [titled(was), titled(becomes)];
  const name = was === becomes ? [texts.same_topic, " ", data(from)] : [data(from), " → ", data(to)];
  const others = signed.filter((one) => ![author, ...editors].includes(one));
  const head = [];
  if (others.length) head.push(element("p", { class: "good" }, texts.signed_by, " ", data(others.join(", "))));
  else if (boxes === null) head.push(element("p", { class: "note" }, texts.not_signed));
  const words = element("span", {}, ...name);
  let named = element("p", { class: "group__name" }, words);
  if (boxes !== null && others.length === 0) {
    const box = element("input", { type: "checkbox", value: id });
    boxes.push(box);
    named = element("label", { class: "check group__name" }, box, words);
  }
  return element(
    "li",
    { class: "card", "data-group": id },
    named,
    element("p", { class: "note" }, texts.group_counts(group)),
    ...head,
    known === undefined ? element("p", { class: "note" }, texts.questions_gone) : drawFlips(texts, known.flips),
  );
}

function drawFlips(texts, flips) {
  const items = flips.map((one) =>
    element(
      "li",
      { class: "flip" },
      data(one.text, "p", "quote"),
      element("p", { class: "note" }, texts.flip_counts(one)),
      element(
        "div",
        { class: "pair" },
        element("div", {}, element("p", { class: "note" }, texts.live), data(one.was, "p", "reply")),
        element("div", {}, element("p", { class: "note" }, texts.in_draft), data(one.becomes, "p", "reply")),
      ),
    ),
  );
  return element("details", {}, element("summary", {}, texts.show_questions(flips.length)), element("ul", { class: "flips" }, ...items));
}
