/** The cells of a table with where each stands in its text, so that one is changed and nothing else. */
const MARK = "\ufeff"; // some programs begin a file with it

/**
 * @typedef {{start: number, end: number, value: string}} Cell
 * @typedef {{start: number, end: number, line: number, cells: Cell[]}} Row `end` is behind its line end
 */

/** @returns {Row[] | null} null: a quotation mark is not closed, or stands where none may */
export function rowsOf(text) {
  const rows = [];
  let at = text.startsWith(MARK) ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const row = { start: at, end: at, line, cells: [] };
    for (;;) {
      const cell = cellAt(text, at);
      if (cell === null) return null;
      row.cells.push(cell);
      at = cell.end;
      if (text[at] !== ",") break;
      at += 1;
    }
    if (text[at] === "\r") at += 1;
    if (text[at] === "\n") at += 1;
    else if (at < text.length) return null;
    row.end = at;
    line += text.slice(row.start, row.end).split("\n").length - 1;
    rows.push(row);
  }
  return rows;
}

/** The text with another value in one cell; every other sign stays. */
export function withCell(text, { start, end, value: before }, value) {
  return value === before ? text : text.slice(0, start) + written(value) + text.slice(end);
}

/** The text with an empty row at its end. */
export function withRow(text, width) {
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const front = text === "" || text.endsWith("\n") ? text : text + end;
  return front + ",".repeat(Math.max(0, width - 1)) + end;
}

/** The text without a row. */
export function withoutRow(text, { start, end }) {
  return text.slice(0, start) + text.slice(end);
}

function cellAt(text, start) {
  if (text[start] !== '"') {
    let end = start;
    while (end < text.length && !",\r\n".includes(text[end])) end += 1;
    return { start, end, value: text.slice(start, end) };
  }
  let value = "";
  let at = start + 1;
  for (;;) {
    const close = text.indexOf('"', at);
    if (close < 0) return null;
    value += text.slice(at, close);
    at = close + 1;
    if (text[at] !== '"') break;
    value += '"';
    at += 1;
  }
  return at >= text.length || ",\r\n".includes(text[at]) ? { start, end: at, value } : null;
}

function written(value) {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
