/** The customer's page, told once from top to bottom. */
import { Composer } from "../shared/composer.js";
import { byId } from "../shared/element.js";
import { chooseLanguage, chosenLanguage, writeTexts } from "../shared/language.js";
import { Lines } from "../shared/lines.js";
import { ask } from "../shared/question.js";
import { Scroll } from "../shared/scroll.js";
import { Socket } from "../shared/socket.js";
import { Owner } from "./owner.js";
import { Saying } from "./saying.js";
import { CrowdedError, forgetTicket, openSession, ticket } from "./session.js";
import { Status } from "./status.js";
import { TEXTS } from "./texts.js";
import { Typing } from "./typing.js";

const TICKET_REFUSED = 4401;
const SESSION_AGAIN_MS = 3_000;
const ONE_TAP_MS = 1_500;

let language = chosenLanguage();
let lastTap = { says: "", at: 0 };
let opening = 0;
let former = null; // the ticket of the chat that a new one takes the place of
const texts = () => TEXTS[language];
const view = () => ({ own: "customer", texts: texts(), language, onChoice: choose });

const log = byId("log");
const notice = byId("notice");
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
const composer = new Composer({
  form: byId("composer"),
  field: byId("field"),
  counter: byId("counter"),
  onSend: (text) => (saying.say(text), true),
  overText: (over) => texts().over(over),
});

function hello() {
  socket.send({ type: "hello", ticket: ticket(), after: lines.last });
  saying.resume();
}

function take(frame) {
  if (frame.type === "accepted") saying.accepted(frame.id);
  if (frame.type === "refused" && frame.id) saying.refused(frame.id, frame.detail);
  if (frame.type === "later" && frame.id) saying.later(frame.id, frame.after);
  if (frame.type !== "lines") return;
  owner.set(frame.owner);
  const fresh = lines.show(frame.lines);
  saying.seen(fresh);
  if (fresh.some(({ author }) => author !== "customer") || !owner.isBot) typing.hide();
  log.setAttribute("aria-busy", "false");
  scroll.follow();
}

function onSaid() {
  notice.hidden = true;
  if (owner.isBot) typing.show();
  scroll.toEnd();
}

function choose(says, event) {
  saying.say(says);
  if (event.detail === 0) byId("field").focus(); // by keyboard: the button has gone, so go on here
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
  if (ticket() === null) {
    try {
      await openSession(language, former);
      former = null;
    } catch (error) {
      const crowded = error instanceof CrowdedError;
      status.link(crowded ? "crowded" : navigator.onLine ? "no_session" : "offline");
      const againMs = crowded ? error.afterS * 1000 * (1 + Math.random() / 2) : SESSION_AGAIN_MS;
      setTimeout(() => mine === opening && open(), againMs);
      return;
    }
  }
  if (mine === opening) socket.start();
}

function restart() {
  socket.stop();
  forgetTicket();
  lines.clear();
  typing.hide();
  owner.set("bot");
  log.setAttribute("aria-busy", "true");
  open();
}

function expire() {
  const showStranded = saying.strand();
  restart();
  showStranded();
  notice.textContent = texts().expired;
  notice.hidden = false;
  return false;
}

async function newChat() {
  const { new_chat_title: title, new_chat_text: text, new_chat_yes: yes, new_chat_no: no } = texts();
  if (!(await ask({ title, text, yes, no }))) return;
  saying.strand();
  former = ticket();
  restart();
  byId("field").focus();
}

function write() {
  writeTexts(texts(), language);
  document.title = texts().title;
  byId("language").lang = language === "zh" ? "en" : "zh-CN";
  status.write();
  owner.write();
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
byId("person").addEventListener("click", () => sayOnce(texts().person_says));
byId("leave").addEventListener("click", () => sayOnce(texts().stop_waiting_says));
write();
open();
