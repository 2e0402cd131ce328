/** The bank's lines with what became of their questions; a press lists the files of one. */
import { element } from "../shared/element.js";
import { button } from "./pieces.js";
import { comparing, drawHeads } from "./sorting.js";

const COUNTS = ["asked", "solved", "unsolved", "handed_over"]; // those that the server counts
const order = { by: "asked", down: true };

/** The counts that the files have. */
export function countsOf(files) {
  return COUNTS.filter((name) => files.length > 0 && name in files[0]);
}

/** A topic stands in a file of each language and is counted once. */
export function linesOf(files) {
  const counts = countsOf(files);
  const lines = new Map();
  const seen = new Set();
  for (const one of files) {
    if (!one.line || !one.id || seen.has(one.id)) continue;
    seen.add(one.id);
    const line = lines.get(one.line) ?? { line: one.line, topics: 0, ...Object.fromEntries(counts.map((name) => [name, 0])) };
    line.topics += 1;
    for (const name of counts) line[name] += one[name];
    lines.set(one.line, line);
  }
  return [...lines.values()];
}

/** @param {Record<string, any>} texts @param {any[]} files @param {(line: string) => void} onLine */
export function drawByLine(texts, files, onLine) {
  const lines = linesOf(files);
  const columns = ["line", "topics", ...countsOf(files)];
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
