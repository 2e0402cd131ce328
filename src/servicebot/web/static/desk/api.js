/** The desk's calls to the server. */
const DEADLINE_MS = 10_000;

/**
 * What the server answered; `status` 0 stands for no answer.
 *
 * @typedef {{ok: boolean, status: number, body: any, detail: string, reason: string, named: string}} Answer
 */

/** @returns {Promise<Answer>} */
export function signIn(name, password, code) {
  return call("POST", "/v1/desk/sign-in", { name, password, code });
}

/** How one may sign in here. */
export function ways() {
  return call("GET", "/v1/desk/ways");
}

/** Who is signed in, and as what. */
export function me() {
  return call("GET", "/v1/desk/me");
}

/** The end of the audit trail, for auditors. */
export function trail() {
  return call("GET", "/v1/desk/audit");
}

/** Gives a ticket to an agent, for supervisors. */
export function assign(ticket, agent) {
  return call("POST", path(ticket, "assign"), { agent });
}

export function signOut() {
  return call("POST", "/v1/desk/sign-out");
}

/** What waits and what is held. */
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
    const { detail = "", reason = "", named = "" } = told ?? {};
    return { ok: response.ok, status: response.status, body: told, detail, reason, named };
  } catch {
    return { ok: false, status: 0, body: null, detail: "", reason: "", named: "" };
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
