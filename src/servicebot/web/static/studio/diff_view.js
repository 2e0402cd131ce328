/** Two texts side by side; on a phone the old line stands above the new one. */
import { element } from "../shared/element.js";
import { diffOf } from "./diff.js";

const AROUND = 3; // unchanged lines shown at both sides of a change
const SIGNS = { gone: ["−", ""], new: ["", "+"], changed: ["−", "+"], same: ["", ""] };

/**
 * @param {string | null} before
 * @param {string | null} after
 * @param {Record<string, any>} texts
 * @returns {HTMLElement}
 */
export function drawDiff(before, after, texts) {
  const rows = diffOf(before, after);
  if (rows.every(({ kind }) => kind === "same")) return element("p", { class: "none" }, texts.no_difference);
  const shown = rows.map((_, at) =>
    rows.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ kind }) => kind !== "same"),
  );
  const drawn = [];
  for (let at = 0; at < rows.length; at += 1) {
    if (shown[at]) drawn.push(row(rows[at], texts));
    else {
      const first = at;
      while (at + 1 < rows.length && !shown[at + 1]) at += 1;
      drawn.push(element("tr", { class: "diff__skipped" }, element("td", { colspan: 2 }, texts.unchanged_lines(at - first + 1))));
    }
  }
  return element(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": texts.difference },
    element(
      "table",
      { class: "diff" },
      element("thead", {}, element("tr", {}, head(texts.live), head(texts.in_draft))),
      element("tbody", {}, ...drawn),
    ),
  );
}

function head(words) {
  return element("th", { scope: "col" }, words);
}

function row({ kind, before, after, beforeLine, afterLine }, texts) {
  const [minus, plus] = SIGNS[kind];
  return element(
    "tr",
    { class: `diff__row diff__row--${kind}` },
    cell(before, beforeLine, minus, minus && texts.line_gone, "diff__before"),
    cell(after, afterLine, plus, plus && texts.line_new, "diff__after"),
  );
}

function cell(words, line, sign, told, name) {
  if (words === null) return element("td", { class: `${name} diff__none` });
  const marked = sign ? `${name} ${name}--marked` : name;
  return element(
    "td",
    { class: marked, translate: "no" },
    element("span", { class: "diff__line" }, `${line} `),
    ...(sign ? [element("span", { "aria-hidden": "true" }, `${sign} `), element("span", { class: "unseen", translate: "yes" }, told)] : []),
    words,
  );
}
