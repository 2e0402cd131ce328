/** The page of content staff, told once from top to bottom. */
import { signIn as trySignIn, signOut, ways } from "../desk/api.js";
import { byId, element } from "../shared/element.js";
import { chooseLanguage, chosenLanguage, writeTexts } from "../shared/language.js";
import { SignIn } from "../shared/sign_in.js";
import { recall, remember } from "../shared/store.js";
import * as api from "./api.js";
import { drawAsk } from "./ask.js";
import { chooseDraft } from "./chosen_draft.js";
import { drawDraft } from "./draft.js";
import { DraftBar } from "./draft_bar.js";
import { drawDrafts } from "./drafts.js";
import { drawFigures } from "./figures.js";
import { drawFile } from "./file.js";
import { drawFiles } from "./files.js";
import { drawHistory } from "./history.js";
import { LiveState } from "./live_state.js";
import { drawMisses } from "./misses.js";
import { drawImports } from "./imports.js";
import { drawNewArticle } from "./new_article.js";
import { refusalOf } from "./refusals.js";
import { drawTables } from "./tables.js";
import { drawTest } from "./test.js";
import { drawTests } from "./tests.js";
import { textsOf } from "./texts.js";
import { Tour } from "./tour.js";

const SIGNED_IN = "signed-in"; // the cookie itself cannot be seen from here
const AGAIN_MS = 3_000;
const SCREENS = {
  files: drawFiles,
  misses: drawMisses,
  ask: drawAsk,
  drafts: drawDrafts,
  figures: drawFigures,
  history: drawHistory,
  file: drawFile,
  new: drawNewArticle,
  draft: drawDraft,
  tests: drawTests,
  test: drawTest,
  tables: drawTables,
  imports: drawImports,
};
const TABS = ["files", "misses", "ask", "tests", "tables", "imports", "drafts", "figures", "history"];
const PARENTS = { file: "files", new: "files", draft: "drafts", test: "tests" };

let language = chosenLanguage();
let texts = await textsOf(language);
let person = { name: "", role: "" };

/** What every screen is handed. */
const app = {
  get texts() {
    return texts;
  },
  get language() {
    return language;
  },
  get person() {
    return person;
  },
  get approves() {
    return person.role === "approver";
  },
  tell,
  look,
  go,
  redraw: draw,
  refreshDrafts: () => draftBar.refresh(),
  watchLive: () => live.watch(),
  needDraft: () => draftBar.need(),
};
const signIn = new SignIn({
  signIn: trySignIn,
  ways,
  refusal: (answer) => refusalOf(app, answer),
  hides: ["studio", "not-for-you"],
  onSignedIn: begin,
});
const live = new LiveState(app);
const draftBar = new DraftBar(app);
const tour = new Tour(app);

/** Shows the studio to whom it is for, the form to strangers, and a plain word to all others. */
async function begin() {
  remember(SIGNED_IN, true);
  const answer = await api.me();
  if (answer.status === 401) return leave();
  if (answer.status === 403) return showNotForYou();
  if (!answer.ok) {
    byId("studio").hidden = false;
    tell(refusalOf(app, answer), true);
    setTimeout(begin, AGAIN_MS);
    return undefined;
  }
  person = answer.body;
  byId("sign-in").hidden = byId("not-for-you").hidden = true;
  byId("studio").hidden = false;
  tell("");
  live.show(answer.body.live);
  write();
  await draftBar.refresh();
  tour.showFirst();
  draw();
  return undefined;
}

function leave() {
  remember(SIGNED_IN, null);
  live.stop();
  chooseDraft("");
  byId("screen").replaceChildren();
  signIn.show();
}

function showNotForYou() {
  byId("sign-in").hidden = byId("studio").hidden = true;
  byId("not-for-you").hidden = false;
  byId("other-sign-out").focus();
}

/** Says something under the tabs. */
function tell(words, alarm = false) {
  byId("told").textContent = alarm ? "" : words;
  byId("told-fault").textContent = alarm ? words : "";
}

/** Tells why it did not work; true where it worked. */
function look(answer) {
  if (answer.status === 401) leave();
  else if (!answer.ok) tell(refusalOf(app, answer), true);
  return answer.ok;
}

function go(hash) {
  if (location.hash === hash) draw();
  else location.hash = hash;
}

/** The screen that the address names; each draws into a place of its own, so that one that comes
 * too late draws nothing any more. */
function draw() {
  if (byId("studio").hidden) return;
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [named, id = ""] = path.split("/");
  const screen = Object.hasOwn(SCREENS, named) ? named : "files";
  drawTabs(PARENTS[screen] ?? screen);
  const place = element("div", { class: "screen__place" });
  byId("screen").replaceChildren(place);
  document.title = `${app.texts.screen_names[screen]} - ${app.texts.title}`;
  SCREENS[screen](app, place, { id: decodeURIComponent(id), query: new URLSearchParams(query) });
}

function drawTabs(current) {
  const links = TABS.map((name) =>
    element(
      "a",
      { class: "tab", href: `#/${name}`, "aria-current": name === current ? "page" : null },
      app.texts.screen_names[name],
    ),
  );
  byId("tabs").replaceChildren(...links);
}

function write() {
  writeTexts(app.texts, language);
  byId("language").lang = byId("language-before").lang = language === "zh" ? "en" : "zh-CN";
  byId("person").textContent = person.name;
  byId("role").textContent = app.texts.roles[person.role] ?? "";
  document.title = app.texts.title;
  signIn.write();
  live.write();
  draftBar.write();
  tour.write();
}

async function switchLanguage() {
  const other = language === "zh" ? "en" : "zh";
  texts = await textsOf(other);
  language = other;
  chooseLanguage(language);
  tell("");
  write();
  draw();
}

for (const id of ["language", "language-before"]) byId(id).addEventListener("click", switchLanguage);
for (const id of ["sign-out", "other-sign-out"]) {
  byId(id).addEventListener("click", async () => {
    await signOut();
    leave();
  });
}
byId("tour-again").addEventListener("click", () => tour.show());
addEventListener("hashchange", () => {
  tell("");
  draw();
  byId("screen").focus();
  scrollTo(0, 0);
});
write();
if (recall(SIGNED_IN)) begin();
else signIn.show();
