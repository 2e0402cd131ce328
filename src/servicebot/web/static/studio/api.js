/** The studio's calls to the server. */
const DEADLINE_MS = 30_000;
const UPLOAD_MS = 120_000;
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
/** @param {string | null} seen the stamp of the text that this was made of; null writes over anything */
export const write = (id, path, text, seen = null) => call("POST", of(id, "files"), { path, text, seen });

/** The draft's file shall replace what was published meanwhile. */
export const takeOver = (id, path) => call("POST", of(id, "take-over"), { path });

export const compare = (id) => call("POST", of(id, "effect"), undefined, PATIENT_MS);

export const effect = (id) => call("GET", of(id, "effect"));

/** @param {"submit" | "reopen" | "drop" | "publish"} act */
export const move = (id, act) => call("POST", of(id, act), undefined, PATIENT_MS);

export const giveBack = (id, said) => call("POST", of(id, "give-back"), { said });

export const sign = (id, groups) => call("POST", of(id, "sign"), { groups });

/** The tests of tables of questions, the newest first. */
export const tests = () => call("GET", "tests");

export const test = (id) => call("GET", `tests/${encodeURIComponent(id)}`);

/** Asks every question of a file of the live edition, or of a draft's. */
export const beginTest = (file, draft) => upload("tests", file, { draft });

export const tables = (draft) => call("GET", `tables${query({ draft })}`);

/** The changed cells of a workbook, or of the CSV file of one table, go into a draft. */
export const uploadTable = (id, file, path) => upload(of(id, "tables"), file, { path });

/** Questions and answers of another program become articles of a draft; asked again while it is fitted. */
export async function importFile(file, facts) {
  const until = Date.now() + PATIENT_MS;
  for (;;) {
    const answer = await upload("imports", file, facts);
    if (answer.status !== 202 || Date.now() > until) return answer;
  }
}

/** Where a file is downloaded from. */
export const hrefTo = (path, named = {}) => `/v1/studio/${path}${query(named)}`;

function of(id, act = "") {
  return `drafts/${encodeURIComponent(id)}${act && `/${act}`}`;
}

function query(named) {
  const given = Object.entries(named).filter(([, value]) => value);
  return given.length ? `?${new URLSearchParams(given)}` : "";
}

/** A file goes as it is. @returns {Promise<Answer>} */
function upload(path, file, named) {
  const headers = { "Content-Type": "application/octet-stream" };
  return send(`${path}${query({ name: file.name, ...named })}`, { method: "POST", headers, body: file }, UPLOAD_MS);
}

/** @returns {Promise<Answer>} */
function call(method, path, body, deadline = DEADLINE_MS) {
  const json = { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  return send(path, { method, ...(body === undefined ? {} : json) }, deadline);
}

/** @returns {Promise<Answer>} */
async function send(path, wanted, deadline) {
  const options = { ...wanted, signal: AbortSignal.timeout(deadline) };
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
