/** One file: written into the current draft, checked, and laid beside the live one. */
import { element } from "../shared/element.js";
import { ask } from "../shared/question.js";
import { draft as draftTold, file, write } from "./api.js";
import { chosenDraft } from "./chosen_draft.js";
import { drawDiff } from "./diff_view.js";
import { button, data, faultList, link, none, title, waiting } from "./pieces.js";
import { drawRatings } from "./ratings.js";
import { keepUnsaved, unsaved } from "./unsaved.js";

const SETTLES_MS = 300;

export async function drawFile(app, place, { query }) {
  const { texts } = app;
  const path = query.get("path") ?? "";
  const draft = chosenDraft();
  const head = title(texts.screen_names.file, link("#/files", texts.back_to_files));
  place.replaceChildren(head, waiting(texts.loading));
  const answer = await file(path, draft);
  if (!app.look(answer)) return place.replaceChildren(head, none(texts.nothing_loaded));
  const { live, text } = answer.body;
  const shown = unsaved(draft, path) ?? text ?? "";
  const area = element("textarea", { class: "field source", id: "source", rows: 24, spellcheck: "false", translate: "no", lang: path.includes("/en/") ? "en" : "zh-CN" });
  area.value = shown;
  const difference = element("div", { id: "difference" });
  const complaints = element("div", { id: "complaints" });
  const state = element("p", { class: "note", id: "file-state", role: "status" });
  let saved = text;
  let timer = 0;

  const drawState = () => {
    const dirty = area.value !== (saved ?? "");
    keepUnsaved(draft, path, dirty ? area.value : null);
    state.textContent = dirty ? texts.unsaved : saved === null ? texts.file_removed : saved === live ? texts.same_as_live : texts.saved_in_draft;
    difference.replaceChildren(drawDiff(live, saved === null && !area.value ? null : area.value, texts));
  };
  const jump = (event, where, line) => {
    if (where !== path) return;
    event.preventDefault();
    jumpTo(area, line);
  };
  const store = async (wanted) => {
    const current = await app.needDraft();
    if (!current) return;
    const told = await write(current, path, wanted);
    if (!app.look(told)) return;
    keepUnsaved(draft, path, null);
    if (current !== draft) app.redraw(); // it was begun just now
    saved = wanted;
    area.value = wanted ?? "";
    drawState();
    complaints.replaceChildren(element("h3", {}, texts.check), faultList(told.body.faults, texts, jump));
    app.tell(told.body.faults.length ? texts.saved_with_faults(told.body.faults.length) : texts.saved);
  };
  const remove = async () => {
    const words = { title: texts.remove_title, text: texts.remove_text, yes: texts.remove_yes, no: texts.cancel };
    if (await ask(words)) await store(null);
  };
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(drawState, SETTLES_MS);
  });
  area.addEventListener("keydown", (event) => {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    store(area.value);
  });
  const acts = [button(texts.save, () => store(area.value), "button--main", { id: "save" })];
  if (live !== null) acts.push(button(texts.as_live, () => store(live), "", { id: "as-live" }), button(texts.remove, remove, "button--alarm", { id: "remove" }));
  place.replaceChildren(
    head,
    data(path, "p", "path path--head"),
    ...drawRatings(texts, answer.body.ratings),
    ...(draft ? [] : [element("p", { class: "hint" }, texts.choose_draft_first)]),
    element("label", { for: "source", class: "unseen" }, texts.source),
    area,
    element("div", { class: "acts" }, ...acts),
    state,
    complaints,
    element("h3", {}, texts.difference),
    difference,
  );
  drawState();
  if (draft) await showFaults(app, complaints, draft, jump);
  const line = Number(query.get("line"));
  if (line && place.isConnected) jumpTo(area, line);
  return undefined;
}

async function showFaults(app, complaints, draft, jump) {
  const answer = await draftTold(draft);
  if (!answer.ok) return;
  complaints.replaceChildren(element("h3", {}, app.texts.check), faultList(answer.body.faults, app.texts, jump));
}

/** Selects a line, and scrolls to it. */
function jumpTo(area, line) {
  const lines = area.value.split("\n");
  const at = Math.max(1, Math.min(line, lines.length));
  const start = lines.slice(0, at - 1).reduce((sum, one) => sum + one.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + lines[at - 1].length);
  const height = area.scrollHeight / lines.length; // wrapped lines make it a guess
  area.scrollTop = Math.max(0, (at - 4) * height);
}
