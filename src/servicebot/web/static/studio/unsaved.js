/** What was typed and not saved, and of which text: it outlives a look at another screen, not the page. */
const kept = new Map();
const nameOf = (draft, path) => `${draft}\n${path}`;

/** @returns {{text: string, stamp: string} | null} */
export function unsaved(draft, path) {
  return kept.get(nameOf(draft, path)) ?? null;
}

/** @param {{text: string, stamp: string} | null} typed null: it is saved */
export function keepUnsaved(draft, path, typed) {
  if (typed === null) kept.delete(nameOf(draft, path));
  else kept.set(nameOf(draft, path), typed);
}

addEventListener("beforeunload", (event) => {
  if (kept.size) event.preventDefault();
});
