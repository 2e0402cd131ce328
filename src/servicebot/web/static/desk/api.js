/** The desk's calls to the server. */
const DEADLINE_MS = 10_000;

/**
 * What the server answered; `status` 0 stands for no answer.
 *
 * @typedef {{ok: boolean, status: number, body: any, detail: string}} Answer
 */

/** @returns {Promise<Answer>} */
export function signIn(name, password) {
  return call("POST", "/v1/desk/sign-in", { name, password });
}

export function signOut() {
  return call("POST", "/v1/desk/sign-out");
}

/** Who is signed in, and what waits. */
export function queue() {
  return call("GET", "/v1/desk/queue");
}

export function takeNext() {
  return call("POST", "/v1/desk/tickets/next");
}

export function take(ticket) {
  return call("POST", path(ticket, "take"));
}

/** The lines above `after` of a ticket the agent holds. */
export function linesOf(ticket, after) {
  return call("GET", `${path(ticket, "lines")}?after=${after}`);
}

/** The id makes a second try of the same words harmless. */
export function say(ticket, id, text) {
  return call("POST", path(ticket, "say"), { id, text });
}

export function handBack(ticket) {
  return call("POST", path(ticket, "hand-back"));
}

export function close(ticket) {
  return call("POST", path(ticket, "close"));
}

function path(ticket, act) {
  return `/v1/desk/tickets/${encodeURIComponent(ticket)}/${act}`;
}

async function call(method, url, body) {
  const options = { method, signal: AbortSignal.timeout(DEADLINE_MS) };
  if (body !== undefined) {
    options.headers = { "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
  try {
    const response = await fetch(url, options);
    const told = await words(response);
    return { ok: response.ok, status: response.status, body: told, detail: told?.detail ?? "" };
  } catch {
    return { ok: false, status: 0, body: null, detail: "" };
  }
}

async function words(response) {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return text ? { detail: text } : null;
  }
}
