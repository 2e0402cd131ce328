/** The agents' page, told once from top to bottom. */
import { byId } from "../shared/element.js";
import { chooseLanguage, chosenLanguage, writeTexts } from "../shared/language.js";
import { askForName } from "../shared/question.js";
import { SignIn } from "../shared/sign_in.js";
import { Socket } from "../shared/socket.js";
import { recall, remember } from "../shared/store.js";
import * as api from "./api.js";
import { Conversation } from "./conversation.js";
import { Queue } from "./queue.js";
import { refusalIn } from "./refusals.js";
import { TEXTS } from "./texts.js";
import { Trail } from "./trail.js";
import { Unread } from "./unread.js";

const SIGNED_IN = "signed-in"; // the cookie itself cannot be seen from here

let language = chosenLanguage();
const NOBODY = { agent: "", waiting: [], mine: [], left: [], others: [] };
const AT_DESK = ["agent", "supervisor"];
const AT_STUDIO = ["editor", "approver"];
let state = NOBODY;
let link = "connecting";
let taking = false;
const texts = () => TEXTS[language];
const view = () => ({ own: "agent", texts: texts(), language, onChoice: null, onRate: null });

const signIn = new SignIn({ ...api, refusal: refusalWords, hides: ["desk", "trail"], onSignedIn: begin });
const conversation = new Conversation({ texts, view, onAnswer: look });
const unread = new Unread(showQueue);
const trail = new Trail(texts);
const queue = new Queue({
  texts,
  onTake: (id) => take(() => api.take(id)),
  onTakeOver: (id) => take(() => api.assign(id, state.agent)),
  onAssign: assign,
  onChoose: choose,
});
const socket = new Socket("/v1/desk/socket", {
  onOpen: watch,
  onFrame: receive,
  onLink: (now) => ((link = now), writeLink()),
  onClose: () => (checkSession(), true),
});

/** Shows the desk to whom is signed in, and the form to everybody else. */
async function begin() {
  remember(SIGNED_IN, true);
  const who = await api.me();
  if (who.ok && AT_STUDIO.includes(who.body.role)) return location.replace("/studio");
  if (who.ok && !AT_DESK.includes(who.body.role)) return trail.show(who.body);
  const answer = who.ok ? await api.queue() : who;
  if (answer.status === 401) return leave();
  byId("desk").hidden = false;
  if (!answer.ok) {
    link = "lost";
    writeLink();
    setTimeout(begin, 3_000);
    return undefined;
  }
  byId("sign-in").hidden = true;
  byId("desk").hidden = false;
  update(answer.body);
  socket.start();
  byId("take-next").focus();
  return undefined;
}

function leave() {
  remember(SIGNED_IN, null);
  socket.stop();
  state = NOBODY;
  conversation.open(null);
  showQueue();
  signIn.show();
}

function watch() {
  if (conversation.chosen === null) socket.send({ type: "watch" });
  else socket.send({ type: "watch", ticket: conversation.chosen, ...conversation.shown });
}

function receive(frame) {
  if (frame.type === "queue") update(frame);
  if (frame.type === "sending") conversation.showSending(frame.ticket, frame);
  if (frame.type !== "lines") return;
  conversation.show(frame.ticket, frame.lines, frame.anew);
  if (frame.ticket !== conversation.chosen) return;
  unread.read(frame.ticket, conversation.last);
  showQueue();
}

function update({ agent, role, waiting, mine, left, others = [] }) {
  state = { agent, role, waiting, mine, left, others };
  byId("agent").textContent = agent;
  conversation.refresh(mine);
  const gone = conversation.chosen !== null && mine.every(({ id }) => id !== conversation.chosen);
  if (gone) {
    conversation.open(null, texts().ended);
    watch();
  }
  showQueue();
}

function showQueue() {
  unread.watch(state.mine.map(({ id }) => id), conversation.chosen);
  queue.show(state, conversation.chosen, (id) => unread.count(id));
  const news = state.waiting.length + unread.total;
  document.title = news ? `(${news}) ${texts().title}` : texts().title;
}

function choose(id) {
  const ticket = state.mine.find((one) => one.id === id);
  if (ticket === undefined || id === conversation.chosen) return;
  conversation.open(ticket);
  watch();
  showQueue();
}

async function take(act) {
  if (taking) return;
  taking = true;
  const answer = await act();
  taking = false;
  look(answer);
  const { none_left: none, no_server: noServer, failed } = texts();
  const words = { 204: none, 202: "", 0: noServer }[answer.status];
  byId("queue-fault").textContent = words ?? (refusalIn(texts(), answer) || failed);
  if (answer.status !== 202) return;
  const { ticket } = answer.body;
  const waiting = state.waiting.filter(({ id }) => id !== ticket.id);
  const mine = state.mine.filter(({ id }) => id !== ticket.id);
  update({ ...state, waiting, mine: [...mine, ticket] });
  choose(ticket.id);
}

/** Gives a ticket to somebody else; whoever holds tickets is proposed. */
async function assign(id) {
  const { assign_title: title, assign_name: label, assign_yes: yes, close_no: no } = texts();
  const choices = [...new Set(state.others.map((one) => one.agent))];
  const agent = await askForName({ title, label, yes, no, choices });
  if (agent === null) return;
  const answer = await api.assign(id, agent);
  look(answer);
  byId("queue-fault").textContent = answer.ok ? "" : refusalWords(answer);
}

/** Why it was refused, in the language of the page. */
function refusalWords(answer) {
  const { no_server: noServer, failed } = texts();
  return refusalIn(texts(), answer) || (answer.status === 0 ? noServer : failed);
}

/** A session ends with the shift, or when it is ended elsewhere. */
function look(answer) {
  if (answer.status === 401) leave();
}

async function checkSession() {
  if (navigator.onLine) look(await api.queue());
}

function writeLink() {
  byId("link").textContent = texts()[link];
  byId("link").dataset.link = link;
}

function write() {
  writeTexts(texts(), language);
  byId("language").lang = byId("language-before").lang = language === "zh" ? "en" : "zh-CN";
  conversation.redraw();
  showQueue();
  writeLink();
  signIn.write();
  trail.write();
}

function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  chooseLanguage(language);
  write();
}

for (const id of ["language", "language-before"]) byId(id).addEventListener("click", switchLanguage);
byId("take-next").addEventListener("click", () => state.waiting.length && take(api.takeNext));
for (const id of ["sign-out", "trail-sign-out"]) {
  byId(id).addEventListener("click", async () => {
    await api.signOut();
    leave();
  });
}
write();
// The bank's sign-in leads back here and says so behind the hash, which no server sees.
const [told, reason] = location.hash.slice(1).split("=");
if (told) history.replaceState(null, "", location.pathname);
if (told === "signed-in" || (!told && recall(SIGNED_IN))) begin();
else signIn.show(told === "refused" ? { status: 401, reason } : null);
