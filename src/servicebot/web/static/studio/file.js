/** One file: written into the current draft, checked and shown while it is typed, laid beside the live one. */
import { element } from "../shared/element.js";
import { ask } from "../shared/question.js";
import { draft as draftTold, file, typed, write } from "./api.js";
import { chosenDraft } from "./chosen_draft.js";
import { Complaints } from "./complaints.js";
import { drawDiff } from "./diff_view.js";
import { SourceEditor } from "./editor.js";
import { Grid } from "./grid.js";
import { Look } from "./look.js";
import { button, data, link, none, title, waiting } from "./pieces.js";
import { Preview } from "./preview.js";
import { drawRatings } from "./ratings.js";
import { keepUnsaved, unsaved } from "./unsaved.js";

const SETTLES_MS = 300;
let shownAs = "grid"; // a table, as cells or as text

export async function drawFile(app, place, { query }) {
  const { texts } = app;
  const path = query.get("path") ?? "";
  const draft = chosenDraft();
  const head = title(texts.screen_names.file, link("#/files", texts.back_to_files));
  place.replaceChildren(head, waiting(texts.loading));
  const answer = await file(path, draft);
  if (!app.look(answer)) return place.replaceChildren(head, none(texts.nothing_loaded));
  const { live, text } = answer.body;
  const ends = (text ?? live ?? "").includes("\r\n") ? "\r\n" : "\n"; // a text area knows one line end only
  const inField = (words) => (words ?? "").replaceAll("\r\n", "\n");
  const inFile = (words) => (ends === "\n" ? words : words.replaceAll("\n", ends));
  const typedBefore = unsaved(draft, path);
  let saved = text;
  let stamp = typedBefore?.stamp ?? answer.body.stamp; // of the text that the field was made of
  let timer = 0;

  const difference = element("div", { id: "difference" });
  const state = element("p", { class: "note", id: "file-state", role: "status" });
  const preview = new Preview(app);
  const complaints = new Complaints(app, path, (line) => jumpTo(line));
  const editor = new SourceEditor({
    value: inField(typedBefore?.text ?? text),
    lang: path.includes("/en/") ? "en" : "zh-CN",
    label: texts.source,
    onInput: () => onTyped(),
    onSave: () => store(inFile(editor.value)),
    onLine: () => path.includes("/replies/") && look.soon(),
  });
  const put = (words) => {
    editor.set(words);
    onTyped();
  };
  const grid = new Grid(texts, () => editor.value, put, () => store(inFile(editor.value)));
  const look = new Look(
    () => typed({ path, text: inFile(editor.value), draft: chosenDraft(), line: editor.line }),
    (told) => {
      if (!place.isConnected) return;
      if (told.status === 401) app.look(told);
      complaints.own(told.ok ? told.body : null);
      if (told.ok) preview.show(told.body.preview);
      editor.mark(complaints.ofThisFile());
      grid.mark(complaints.ofThisFile());
    },
  );

  const drawState = () => {
    const dirty = editor.value !== inField(saved);
    keepUnsaved(draft, path, dirty ? { text: inFile(editor.value), stamp } : null);
    state.textContent = dirty ? texts.unsaved : saved === null ? texts.file_removed : saved === live ? texts.same_as_live : texts.saved_in_draft;
    difference.replaceChildren(drawDiff(inFieldOrNull(live), saved === null && !editor.value ? null : editor.value, texts));
  };
  const inFieldOrNull = (words) => (words === null ? null : inField(words));
  const onTyped = () => {
    complaints.typed();
    clearTimeout(timer);
    timer = setTimeout(drawState, SETTLES_MS);
    look.soon();
  };
  const showsGrid = () => path.endsWith(".csv") && shownAs === "grid";
  const drawAs = () => {
    const cells = showsGrid() && grid.draw();
    grid.node.hidden = !showsGrid();
    editor.node.hidden = cells;
  };
  const jumpTo = (line) => {
    if (!(showsGrid() && grid.jumpTo(line))) editor.jumpTo(line);
  };
  const store = async (wanted) => {
    const current = await app.needDraft();
    if (!current) return;
    const before = editor.value;
    let told = await write(current, path, wanted, stamp);
    if (told.body?.reason === "written_meanwhile" && (await ask({ title: texts.over_title, text: texts.over_text, yes: texts.over_yes, no: texts.cancel }))) {
      told = await write(current, path, wanted);
    }
    if (!app.look(told)) return;
    saved = wanted;
    stamp = told.body.stamp;
    if (editor.value === before && before !== inField(wanted)) {
      editor.replace(inField(wanted)); // else somebody typed on meanwhile, perhaps in a cell
      drawAs();
    }
    const late = editor.value !== inField(wanted);
    keepUnsaved(draft, path, null);
    keepUnsaved(current, path, late ? { text: inFile(editor.value), stamp } : null);
    if (current !== draft) app.redraw(); // it was begun just now
    drawState();
    complaints.saved(told.body.faults);
    look.now();
    app.tell(told.body.faults.length ? texts.saved_with_faults(told.body.faults.length) : texts.saved);
  };
  const remove = async () => {
    const words = { title: texts.remove_title, text: texts.remove_text, yes: texts.remove_yes, no: texts.cancel };
    if (await ask(words)) await store(null);
  };
  const acts = [button(texts.save, () => store(inFile(editor.value)), "button--main", { id: "save" })];
  if (live !== null) acts.push(button(texts.as_live, () => store(live), "", { id: "as-live" }), button(texts.remove, remove, "button--alarm", { id: "remove" }));
  place.replaceChildren(
    head,
    data(path, "p", "path path--head"),
    ...drawRatings(texts, answer.body.ratings),
    ...(draft ? [] : [element("p", { class: "hint" }, texts.choose_draft_first)]),
    ...(path.endsWith(".csv") ? [drawShownAs(texts, drawAs)] : []),
    element(
      "div",
      { class: "desk-of-file" },
      element("div", { class: "desk-of-file__source" }, editor.node, grid.node, element("div", { class: "acts" }, ...acts), state, complaints.node),
      preview.node,
    ),
    element("h3", {}, texts.difference),
    difference,
  );
  drawState();
  drawAs();
  look.now();
  const line = Number(query.get("line"));
  if (line) jumpTo(line);
  if (draft) {
    const told = await draftTold(draft);
    if (told.ok) complaints.saved(told.body.faults);
  }
  return undefined;
}

function drawShownAs(texts, onChange) {
  const ways = ["grid", "text"].map((name) => {
    const input = element("input", { type: "radio", name: "shown-as", value: name, checked: shownAs === name });
    input.addEventListener("change", () => {
      shownAs = name;
      onChange();
    });
    return element("label", { class: "way" }, input, element("span", {}, texts.shown_as[name]));
  });
  return element("fieldset", { class: "ways" }, element("legend", {}, texts.shown_as.legend), ...ways);
}
