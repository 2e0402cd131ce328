/** The bank's lines with what became of their questions; a press lists the files of one. */
import { element } from "../shared/element.js";
import { button } from "./pieces.js";
import { comparing, drawHeads } from "./sorting.js";

// What became of the questions of a topic, in whatever language; what was said of a file's own words.
const OF_TOPIC = ["asked", "handed_over"];
const OF_FILE = ["solved", "unsolved"];
export const COUNTS = ["asked", "solved", "unsolved", "handed_over"];
const order = { by: "asked", down: true };

/** A topic stands in a file of each language and is counted once. */
export function linesOf(files) {
  const lines = new Map();
  const seen = new Set();
  for (const one of files) {
    if (!one.line || !one.id) continue;
    const line = lines.get(one.line) ?? { line: one.line, topics: 0, ...Object.fromEntries(COUNTS.map((name) => [name, 0])) };
    for (const name of OF_FILE) line[name] += one[name];
    if (!seen.has(one.id)) {
      line.topics += 1;
      for (const name of OF_TOPIC) line[name] += one[name];
    }
    seen.add(one.id);
    lines.set(one.line, line);
  }
  return [...lines.values()];
}

/** @param {Record<string, any>} texts @param {any[]} files @param {(line: string) => void} onLine */
export function drawByLine(texts, files, onLine) {
  const lines = linesOf(files);
  const columns = ["line", "topics", ...COUNTS];
  const body = element("tbody");
  const heads = element("tr");
  const draw = (focused = "") => {
    heads.replaceChildren(...drawHeads(columns, texts.columns, order, draw));
    body.replaceChildren(
      ...[...lines].sort(comparing(order, "line")).map((one) =>
        element(
          "tr",
          { "data-line": one.line },
          element("th", { scope: "row" }, button(one.line, () => onLine(one.line), "button--plain", { translate: "no" })),
          ...columns.slice(1).map((name) => element("td", { class: "number" }, String(one[name]))),
        ),
      ),
    );
    if (focused) heads.querySelector(`[data-sort="${focused}"]`).focus();
  };
  draw();
  return element(
    "details",
    { class: "by-line", id: "by-line" },
    element("summary", {}, texts.by_line(lines.length)),
    element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": texts.by_line(lines.length) }, element("table", { class: "table" }, element("thead", {}, heads), body)),
  );
}
