/** Heads of a table that sort it: buttons, so that keys reach them and readers hear the order. */
import { element } from "../shared/element.js";

const NUMBERS = new Set(["topics", "asked", "solved", "unsolved", "handed_over"]); // the most first

/** @typedef {{by: string, down: boolean}} Order */

/** A head for each column; a press sorts by it, another turns the order round. */
export function drawHeads(columns, words, order, onSort) {
  return columns.map((name) => {
    const sorted = order.by === name ? (order.down ? "descending" : "ascending") : null;
    const press = () => {
      if (order.by === name) order.down = !order.down;
      else Object.assign(order, { by: name, down: NUMBERS.has(name) });
      onSort(name);
    };
    const sign = sorted ? element("span", { "aria-hidden": "true" }, order.down ? " ▼" : " ▲") : "";
    return element("th", { scope: "col", class: NUMBERS.has(name) ? "number" : null, "aria-sort": sorted }, element("button", { type: "button", class: "sort", "data-sort": name, onclick: press }, words[name], sign));
  });
}

/** What compares rows in an order; empty values come last, equal rows stay by `tie`. */
export function comparing({ by, down }, tie) {
  const sign = down ? -1 : 1;
  return (a, b) => {
    const [one, other] = [a[by] ?? "", b[by] ?? ""];
    if (one !== other && (one === "" || other === "")) return one === "" ? 1 : -1;
    const found = typeof one === "number" ? one - other : String(one).localeCompare(String(other));
    return sign * found || String(a[tie]).localeCompare(String(b[tie]));
  };
}
