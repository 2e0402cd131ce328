/** What was typed and not saved: it outlives a look at another screen, not the page. */
const kept = new Map();
const nameOf = (draft, path) => `${draft}\n${path}`;

/** @returns {string | null} */
export function unsaved(draft, path) {
  return kept.get(nameOf(draft, path)) ?? null;
}

/** @param {string | null} text null: it is saved */
export function keepUnsaved(draft, path, text) {
  if (text === null) kept.delete(nameOf(draft, path));
  else kept.set(nameOf(draft, path), text);
}

addEventListener("beforeunload", (event) => {
  if (kept.size) event.preventDefault();
});
