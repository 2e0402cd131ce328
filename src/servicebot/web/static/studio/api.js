/** The studio's calls to the server. */
const DEADLINE_MS = 30_000;
const PATIENT_MS = 600_000; // the first test question loads an edition, and may fit it

/**
 * What the server answered; `status` 0 stands for no answer.
 *
 * @typedef {{ok: boolean, status: number, body: any, detail: string, reason: string, named: string}} Answer
 */

/** Who is signed in, and which edition is live. */
export const me = () => call("GET", "me");

/** Every file with its counts. */
export const files = (draft) => call("GET", `files${query({ draft })}`);

export const search = (q) => call("GET", `search${query({ q })}`);

/** A file, live and in a draft. */
export const file = (path, draft) => call("GET", `file${query({ path, draft })}`);

/** What the check says of a file as it is typed, and what customers would read of it. */
export const typed = (typing) => call("POST", "typed", typing);

/** A test question; while the draft is being fitted it is asked again. */
export async function ask(text, draft) {
  const until = Date.now() + PATIENT_MS;
  for (;;) {
    const answer = await call("POST", "ask", { text, draft });
    if (answer.status !== 202 || Date.now() > until) return answer;
  }
}

export const misses = () => call("GET", "misses", undefined, PATIENT_MS);

/** Makes a missed question a phrase of a file. */
export const mend = (path, phrase, draft) => call("POST", "misses/mend", { path, phrase, draft });

/** What became of the questions of each day. */
export const days = () => call("GET", "days", undefined, PATIENT_MS);

export const history = () => call("GET", "history");

export const changes = (commit) => call("GET", `history/${encodeURIComponent(commit)}`);

export const rollBack = (commit) => call("POST", `history/${encodeURIComponent(commit)}/roll-back`);

export const drafts = () => call("GET", "drafts");

export const beginDraft = (title) => call("POST", "drafts", { title });

export const draft = (id) => call("GET", of(id));

/** Writes a file of a draft; null takes the file away. */
export const write = (id, path, text) => call("POST", of(id, "files"), { path, text });

/** The draft's file shall replace what was published meanwhile. */
export const takeOver = (id, path) => call("POST", of(id, "take-over"), { path });

export const compare = (id) => call("POST", of(id, "effect"), undefined, PATIENT_MS);

export const effect = (id) => call("GET", of(id, "effect"));

/** @param {"submit" | "reopen" | "drop" | "publish"} act */
export const move = (id, act) => call("POST", of(id, act), undefined, PATIENT_MS);

export const giveBack = (id, said) => call("POST", of(id, "give-back"), { said });

export const sign = (id, groups) => call("POST", of(id, "sign"), { groups });

function of(id, act = "") {
  return `drafts/${encodeURIComponent(id)}${act && `/${act}`}`;
}

function query(named) {
  const given = Object.entries(named).filter(([, value]) => value);
  return given.length ? `?${new URLSearchParams(given)}` : "";
}

/** @returns {Promise<Answer>} */
async function call(method, path, body, deadline = DEADLINE_MS) {
  const options = { method, signal: AbortSignal.timeout(deadline) };
  if (body !== undefined) {
    options.headers = { "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
  try {
    const response = await fetch(`/v1/studio/${path}`, options);
    const told = words(await response.text());
    const { detail = "", reason = "", named = "" } = told ?? {};
    return { ok: response.ok, status: response.status, body: told, detail, reason, named };
  } catch {
    return { ok: false, status: 0, body: null, detail: "", reason: "", named: "" };
  }
}

function words(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text ? { detail: text } : null;
  }
}
