/**
 * What was said but not yet taken by the server. It survives a reload and goes out again with the
 * same id, so that nothing is lost and nothing is said twice.
 */
import { newId } from "../shared/identifier.js";
import { recall, remember } from "../shared/store.js";

const NAME = "unaccepted";

/** @returns {{id: string, text: string}[]} oldest first */
export function unaccepted() {
  const kept = recall(NAME);
  return Array.isArray(kept) ? kept.filter(isSay) : [];
}

function isSay(one) {
  return typeof one?.id === "string" && typeof one.text === "string" && one.text.trim() !== "";
}

/** Keeps a text and gives it its id. */
export function keep(text) {
  const say = { id: newId(), text };
  remember(NAME, [...unaccepted(), say]);
  return say;
}

/** The server has taken or refused it. */
export function letGo(id) {
  const left = unaccepted().filter((say) => say.id !== id);
  remember(NAME, left.length ? left : null);
}
