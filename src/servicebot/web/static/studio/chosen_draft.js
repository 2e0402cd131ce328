/** Which draft this tab writes in; where the browser keeps nothing, until the page is closed. */
const NAME = "servicebot.draft";
let kept = null;

/** @returns {string} its id; empty for none */
export function chosenDraft() {
  if (kept !== null) return kept;
  try {
    return sessionStorage.getItem(NAME) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} id empty for none */
export function chooseDraft(id) {
  kept = id;
  try {
    sessionStorage.setItem(NAME, id);
  } catch {
    // full or forbidden: `kept` holds it
  }
}
