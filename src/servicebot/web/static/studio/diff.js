/** What is different between two texts, line by line. */
const MOST_CELLS = 4_000_000; // beyond it all lines between the first and the last change are told

/**
 * @typedef {{kind: "same" | "gone" | "new" | "changed", before: string | null, after: string | null,
 *   beforeLine: number, afterLine: number}} Row `line` is 0 where that side has none
 */

/** @returns {Row[]} in order; a line that became another stands beside it */
export function diffOf(before, after) {
  const [old, now] = [linesOf(before), linesOf(after)];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  const most = Math.min(old.length, now.length) - head;
  while (tail < most && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  const pairs = [];
  for (let at = 0; at < head; at += 1) pairs.push([at, at]);
  const [a, b] = [old.slice(head, old.length - tail), now.slice(head, now.length - tail)];
  for (const [i, j] of common(a, b)) pairs.push([head + i, head + j]);
  for (let at = tail; at > 0; at -= 1) pairs.push([old.length - at, now.length - at]);
  return rowsOf(old, now, pairs);
}

function linesOf(text) {
  return text === null || text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

/** The longest common subsequence, as pairs of positions. */
function common(a, b) {
  if (a.length * b.length > MOST_CELLS) return [];
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] =
        a[i] === b[j]
          ? longest[(i + 1) * width + j + 1] + 1
          : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
    }
  }
  const found = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) found.push([i++, j++]);
    else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) i += 1;
    else j += 1;
  }
  return found;
}

function rowsOf(old, now, pairs) {
  const rows = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...pairs, [old.length, now.length]]) {
    while (i < nextI || j < nextJ) {
      const [hasOld, hasNew] = [i < nextI, j < nextJ];
      rows.push({
        kind: hasOld && hasNew ? "changed" : hasOld ? "gone" : "new",
        before: hasOld ? old[i] : null,
        after: hasNew ? now[j] : null,
        beforeLine: hasOld ? ++i : 0,
        afterLine: hasNew ? ++j : 0,
      });
    }
    if (i >= old.length) continue;
    rows.push({ kind: "same", before: old[i], after: now[j], beforeLine: i + 1, afterLine: j + 1 });
    [i, j] = [i + 1, j + 1];
  }
  return rows;
}
