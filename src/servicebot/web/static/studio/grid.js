/** A table of values as cells; what is typed in one changes that cell of the text and nothing else. */
import { element } from "../shared/element.js";
import { rowsOf, withCell, withoutRow, withRow } from "./csv.js";
import { button } from "./pieces.js";

export class Grid {
  #texts;
  #read;
  #write;
  #save;
  #faults = [];
  node = element("div", { class: "grid", id: "grid" });

  /** @param {Record<string, any>} texts @param {() => string} read @param {(text: string) => void} write @param {() => void} save */
  constructor(texts, read, write, save) {
    [this.#texts, this.#read, this.#write, this.#save] = [texts, read, write, save];
  }

  /** Draws the text as cells; false where it is no table that can be shown so. */
  draw() {
    const rows = rowsOf(this.#read());
    const texts = this.#texts;
    if (rows === null || rows.length === 0) {
      this.node.replaceChildren(element("p", { class: "hint" }, texts.no_grid));
      return false;
    }
    const [head, ...body] = rows;
    const names = head.cells.map(({ value }) => value);
    const heads = names.map((name) => element("th", { scope: "col", translate: "no" }, name));
    this.node.replaceChildren(
      element(
        "div",
        { class: "scroll", tabindex: 0, role: "region", "aria-label": texts.grid },
        element(
          "table",
          { class: "table" },
          element("thead", {}, element("tr", {}, ...heads, element("th", { scope: "col" }, texts.row_act))),
          element("tbody", {}, ...body.map((row, at) => this.#drawRow(row, at + 1, names))),
        ),
      ),
      element("div", { class: "acts" }, button(texts.add_row, () => this.#addRow(names.length), "", { id: "add-row" })),
    );
    this.mark(this.#faults);
    return true;
  }

  /** Marks the rows that faults are about. */
  mark(faults) {
    this.#faults = faults;
    for (const row of this.node.querySelectorAll("tbody tr")) {
      const own = faults.filter(({ line }) => line === Number(row.dataset.line));
      row.classList.toggle("grid__row--wrong", own.length > 0);
      for (const field of row.querySelectorAll("input")) {
        if (own.some(({ level }) => level === "error")) field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
      }
    }
  }

  /** Puts the focus into the row of a line; false where none stands there. */
  jumpTo(line) {
    const field = this.node.querySelector(`tr[data-line="${line}"] input`);
    field?.focus();
    return Boolean(field);
  }

  #drawRow({ cells, line }, at, names) {
    const texts = this.#texts;
    if (cells.length === 1 && cells[0].value === "") return element("tr", { hidden: true });
    const label = cells[0].value;
    const fields = cells.map(({ value }, column) => {
      const name = names[column] ?? String(column + 1);
      const field = element("input", { class: "grid__cell", translate: "no", value, size: Math.min(40, Math.max(6, value.length + 2)), "aria-label": texts.cell(name, label, at), "data-column": column });
      field.addEventListener("change", () => this.#change(at, column, field.value));
      field.addEventListener("keydown", (event) => this.#onKey(event, at, column));
      return element("td", {}, field);
    });
    const remove = button("✕", () => this.#remove(at), "button--plain", { translate: "no", "aria-label": texts.remove_row(label, at) });
    return element("tr", { "data-line": line, "data-row": at }, ...fields, element("td", {}, remove));
  }

  #change(at, column, value) {
    const text = this.#read();
    const cell = rowsOf(text)?.[at]?.cells[column];
    if (cell && cell.value !== value) this.#write(withCell(text, cell, value));
  }

  /** Up, down and Enter lead to the same cell of the next row; Tab leads on as everywhere; Ctrl+S saves. */
  #onKey(event, at, column) {
    if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#change(at, column, event.target.value); // it is still being typed
      this.#save();
      return;
    }
    const step = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
    if (step === undefined || event.isComposing) return;
    event.preventDefault();
    this.#focus(at + step, column);
  }

  #addRow(width) {
    const text = withRow(this.#read(), width);
    this.#write(text);
    this.draw();
    this.#focus((rowsOf(text)?.length ?? 1) - 1, 0);
  }

  #remove(at) {
    const text = this.#read();
    const row = rowsOf(text)?.[at];
    if (!row) return;
    this.#write(withoutRow(text, row));
    this.draw();
    if (!this.#focus(at, 0)) this.#focus(at - 1, 0);
  }

  #focus(at, column) {
    const field = this.node.querySelector(`tr[data-row="${at}"] input[data-column="${column}"]`);
    field?.focus();
    return Boolean(field);
  }
}
