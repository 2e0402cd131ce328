/** The customer's page, told once from top to bottom. */
import { Backoff } from "../shared/backoff.js";
import { Composer } from "../shared/composer.js";
import { byId } from "../shared/element.js";
import { chooseLanguage, chosenLanguage, writeTexts } from "../shared/language.js";
import { Lines } from "../shared/lines.js";
import { ask } from "../shared/question.js";
import { Scroll } from "../shared/scroll.js";
import { Socket } from "../shared/socket.js";
import { Notice } from "./notice.js";
import { Owner } from "./owner.js";
import { Ratings } from "./rating.js";
import { Saying } from "./saying.js";
import { CrowdedError, endSession, forgetTicket, onTicketElsewhere, openSession, ticket } from "./session.js";
import { Status } from "./status.js";
import { TEXTS } from "./texts.js";
import { Typing } from "./typing.js";

const TICKET_REFUSED = 4401;
const FIRST_SESSION_MS = 2_000;
const MOST_SESSION_MS = 30_000;
const ONE_TAP_MS = 1_500;

let language = chosenLanguage();
let lastTap = { says: "", at: 0 };
let opening = 0;
let again = 0; // the timer of the next try to open
let former = null; // the ticket of the chat that a new one takes the place of
let isUntried = false; // a ticket was issued to this page, and nothing was shown with it yet
const sessionWait = new Backoff(FIRST_SESSION_MS, MOST_SESSION_MS);
const texts = () => TEXTS[language];
const view = () => ({ own: "customer", texts: texts(), language, onChoice: choose, onRate: rate });

const log = byId("log");
const foot = byId("foot");
const notice = new Notice(byId("notice"), texts);
const lines = new Lines(byId("lines"), view());
const scroll = new Scroll(byId("area"), byId("to-end"));
const typing = new Typing(byId("typing"));
const status = new Status(byId("status"), texts);
const owner = new Owner(
  {
    banner: byId("owner"),
    words: byId("owner-words"),
    leave: byId("leave"),
    person: byId("person"),
  },
  texts,
);
const socket = new Socket("/v1/chat/socket", {
  onOpen: hello,
  onFrame: take,
  onLink: (link) => status.link(link),
  onClose: (code) => code !== TICKET_REFUSED || expire(),
});
const saying = new Saying({ socket, lines, texts, onSaid });
const ratings = new Ratings({ socket, lines });
const composer = new Composer({
  form: byId("composer"),
  field: byId("field"),
  counter: byId("counter"),
  onSend: (text) => (saying.say(text), true),
  overText: (over) => texts().over(over),
});

function hello() {
  socket.send({ type: "hello", ticket: ticket(), ...lines.shown });
  saying.resume();
  ratings.resume();
}

function take(frame) {
  if (frame.type === "accepted") saying.accepted(frame.id);
  if (frame.type === "refused" && frame.id) saying.refused(frame.id);
  if (frame.type === "later" && frame.id) saying.later(frame.id, frame.after);
  if (["rated", "not_rated"].includes(frame.type) && ratings.told(frame) && owner.isBot) typing.show();
  if (frame.type !== "lines") return;
  isUntried = false;
  sessionWait.reset();
  if (frame.anew) lines.clear();
  owner.set(frame.owner);
  const fresh = lines.show(frame.lines);
  saying.seen(fresh);
  if (fresh.some(({ author }) => author !== "customer") || !owner.isBot) typing.hide();
  if (frame.anew) showAnew();
  log.setAttribute("aria-busy", "false");
  if (fresh.length === 0 || fresh.some(({ rates }) => !rates)) scroll.follow();
}

/** The server knows another conversation than the page has shown: it is shown as it stands now. */
function showAnew() {
  typing.hide();
  notice.tell("anew");
  saying.resume();
}

function onSaid() {
  notice.hide();
  if (owner.isBot) typing.show();
  scroll.toEnd();
}

function choose(says, event) {
  saying.say(says);
  if (event.detail === 0) byId("field").focus(); // by keyboard: the button has gone, so go on here
}

function rate(line, solved, event) {
  ratings.rate(line, solved);
  if (event.detail === 0) byId("field").focus();
}

/** A second tap on the same button within a moment is the same tap. */
function sayOnce(says) {
  const at = performance.now();
  const again = says === lastTap.says && at - lastTap.at < ONE_TAP_MS;
  lastTap = { says, at };
  if (!again) saying.say(says);
}

async function open() {
  const mine = ++opening;
  clearTimeout(again);
  again = 0;
  if (ticket() === null) {
    try {
      await openSession(language, former);
      former = null;
      isUntried = true;
    } catch (error) {
      if (mine !== opening) return;
      const crowded = error instanceof CrowdedError;
      status.link(crowded ? "crowded" : navigator.onLine ? "no_session" : "offline");
      const leastMs = crowded ? error.afterS * 1000 : 0;
      openAfter(leastMs + sessionWait.next());
      return;
    }
  }
  if (mine === opening) socket.start();
}

function openAfter(waitMs) {
  ++opening;
  clearTimeout(again);
  again = setTimeout(open, waitMs);
}

function leave() {
  socket.stop();
  forgetTicket();
  ratings.forget();
  lines.clear();
  typing.hide();
  owner.set("bot");
}

function restart(waitMs = 0) {
  leave();
  beReady();
  openAfter(waitMs);
}

function beReady() {
  foot.hidden = false;
  log.setAttribute("aria-busy", "true");
}

/** The ticket is refused; where a fresh one is, the next waits, or each would ask for another. */
function expire() {
  const showStranded = saying.strand();
  restart(isUntried ? sessionWait.next() : 0);
  showStranded();
  notice.tell("expired");
  return false;
}

/** Nothing of the chat stays on this device; what comes next begins with a tap. */
function showEnded(key) {
  ++opening;
  clearTimeout(again);
  saying.strand();
  ratings.forget();
  socket.stop();
  lines.clear();
  typing.hide();
  owner.set("bot");
  status.link("open");
  log.setAttribute("aria-busy", "false");
  foot.hidden = true;
  notice.tell(key, { key: "new_chat_yes", onclick: begin });
}

function begin() {
  notice.hide();
  beReady();
  open();
  byId("field").focus();
}

async function endChat() {
  const { end_title: title, end_text: text, end_yes: yes, new_chat_no: no } = texts();
  if (!(await ask({ title, text, yes, no }))) return;
  const ended = ticket();
  leave();
  composer.clear();
  showEnded("ended");
  if (ended !== null && !(await endSession(ended))) notice.tell("ended_here", { key: "new_chat_yes", onclick: begin });
}

/** Another page of this browser has opened or ended a chat: this one goes with it. */
function follow() {
  if (ticket() === null) return showEnded("ended");
  ratings.forget();
  socket.stop();
  lines.clear();
  notice.hide();
  beReady();
  return open();
}

async function newChat() {
  const { new_chat_title: title, new_chat_text: text, new_chat_yes: yes, new_chat_no: no } = texts();
  if (!(await ask({ title, text, yes, no }))) return;
  saying.strand();
  former = ticket();
  notice.hide();
  restart();
  byId("field").focus();
}

function write() {
  writeTexts(texts(), language);
  document.title = texts().title;
  byId("language").lang = language === "zh" ? "en" : "zh-CN";
  status.write();
  owner.write();
  notice.write();
  composer.refresh();
}

function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  chooseLanguage(language);
  lines.redraw(view());
  write();
  if (ticket() !== null && !lines.spoken) restart(); // nothing said yet: greet in this language
}

byId("language").addEventListener("click", switchLanguage);
byId("new-chat").addEventListener("click", newChat);
byId("end-chat").addEventListener("click", endChat);
byId("person").addEventListener("click", () => sayOnce(texts().person_says));
byId("leave").addEventListener("click", () => sayOnce(texts().stop_waiting_says));
onTicketElsewhere(follow);
addEventListener("online", () => again && open());
write();
open();
