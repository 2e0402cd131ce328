/** The ticket of this browser's conversation. */
import { onChangedElsewhere, recall, remember } from "../shared/store.js";

const NAME = "ticket";
const DEADLINE_MS = 10_000;
const TOO_MANY = new Set([429, 503]);
const MOST_WAIT_S = 30;

/** The server has too much to do, and says when to come again. */
export class CrowdedError extends Error {
  /** @param {number} afterS */
  constructor(afterS) {
    super(`Again in ${afterS} s.`);
    this.afterS = afterS;
  }
}

/** The remembered ticket, or null. */
export function ticket() {
  const kept = recall(NAME);
  return typeof kept === "string" && kept !== "" ? kept : null;
}

export function forgetTicket() {
  remember(NAME, null);
}

/** Calls back when another page of this browser has opened or ended a chat. */
export function onTicketElsewhere(listener) {
  onChangedElsewhere(NAME, listener);
}

/**
 * Ends the conversation of a ticket: nobody is known in it any more, and no page opens it again.
 *
 * @param {string} ended
 * @returns {Promise<boolean>} whether the server has taken it
 */
export async function endSession(ended) {
  try {
    return (await post("/v1/chat/sessions/end", { ticket: ended })).ok;
  } catch {
    return false;
  }
}

/**
 * Opens a conversation and remembers its ticket.
 *
 * @param {"zh" | "en"} language the greeting's
 * @param {string | null} former the ticket of the chat that this one takes the place of
 * @throws {CrowdedError} the server is asked too much
 * @throws {Error} the server cannot be reached or does not open one
 */
export async function openSession(language, former) {
  const response = await post("/v1/chat/sessions", former ? { language, former } : { language });
  if (TOO_MANY.has(response.status)) {
    const afterS = Number(response.headers.get("Retry-After")) || 1;
    throw new CrowdedError(Math.min(afterS, MOST_WAIT_S));
  }
  if (!response.ok) throw new Error(`No session: ${response.status}.`);
  remember(NAME, (await response.json()).ticket);
}

function post(url, body) {
  return fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
}
