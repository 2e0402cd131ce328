/** The ticket of this browser's conversation. */
import { recall, remember } from "../shared/store.js";

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
  return recall("ticket");
}

export function forgetTicket() {
  remember("ticket", null);
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
  const response = await fetch("/v1/chat/sessions", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(former ? { language, former } : { language }),
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  if (TOO_MANY.has(response.status)) {
    const afterS = Number(response.headers.get("Retry-After")) || 1;
    throw new CrowdedError(Math.min(afterS, MOST_WAIT_S));
  }
  if (!response.ok) throw new Error(`No session: ${response.status}.`);
  remember("ticket", (await response.json()).ticket);
}
