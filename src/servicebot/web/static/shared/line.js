/** One line of a conversation as an element: who, when, the words, the card, links and choices. */
import { element } from "./element.js";
import { clockTime } from "./instant.js";
import { langOf } from "./language.js";

/**
 * @typedef {object} Line as the server tells it
 * @property {number} seq
 * @property {string} at
 * @property {string} message_id
 * @property {"customer" | "bot" | "agent"} author
 * @property {string} say
 * @property {{label: string, value: string}[]} rows
 * @property {{label: string, says: string}[]} buttons
 * @property {{label: string, url: string}[]} links
 * @property {boolean} ratable whether it is an answer that can be rated
 * @property {{message_id: string, name: string, solved: boolean} | null} rates a line that only rates an answer
 *
 * @typedef {object} View
 * @property {"customer" | "agent"} own whose page it is
 * @property {Record<string, string>} texts author_customer, author_bot, author_agent, person, new_window
 * @property {"zh" | "en"} language
 * @property {((says: string, event: Event) => void) | null} onChoice null: the page looks on, choices and links are words
 * @property {((line: Line, solved: boolean, event: Event) => void) | null} onRate null: the page looks on, only what was said is shown
 */
const FACES = { bot: "/static/shared/mark.svg", agent: "/static/shared/person.svg" };

/** @param {Line} line @param {View} view */
export function drawLine(line, view) {
  const kind = `line line--${line.author}${line.author === view.own ? " line--own" : ""}`;
  return element(
    "li",
    { class: kind, "data-author": line.author, "data-at": line.at, "data-seq": line.seq },
    head(line, view),
    bubble(line),
    ...acts(line, view),
  );
}

function head(line, view) {
  const at = new Date(line.at);
  const node = element("p", { class: "line__head" });
  if (FACES[line.author]) {
    node.append(element("img", { class: "line__face", src: FACES[line.author], alt: "" }));
  }
  node.append(element("span", { class: "line__author" }, view.texts[`author_${line.author}`]));
  if (line.author === "agent" && view.own !== "agent") {
    node.append(element("span", { class: "line__badge" }, view.texts.person));
  }
  node.append(element("time", { datetime: line.at }, clockTime(at, view.language)));
  return node;
}

function bubble(line) {
  const words = element("p", { class: "bubble__text" }, line.say);
  const node = element("div", { class: "bubble", lang: langOf(line.say) }, words);
  if (line.rows?.length) {
    const rows = line.rows.map(({ label, value }) =>
      element("div", { class: "card__row" }, element("dt", {}, label), element("dd", {}, value)),
    );
    node.append(element("dl", { class: "card" }, ...rows));
  }
  return node;
}

function acts(line, view) {
  const links = (line.links ?? []).filter(({ url }) => /^https?:\/\//i.test(url));
  const made = links.map((link) => linkButton(link, view));
  const choices = (line.buttons ?? []).map((one) => choice(one, view));
  const rows = [];
  if (made.length) rows.push(element("div", { class: "acts" }, ...made));
  if (choices.length) rows.push(element("div", { class: "acts choices" }, ...choices));
  return rows;
}

function linkButton({ label, url }, view) {
  // a link may work only once and only for the customer: who looks on must not use it up
  if (view.onChoice === null) return element("span", { class: "words", lang: langOf(label) }, `${label} ↗`);
  return element(
    "a",
    { class: "link", href: url, target: "_blank", rel: "noopener noreferrer" },
    element("span", { lang: langOf(label) }, label),
    element("span", { "aria-hidden": "true" }, "↗"),
    element("span", { class: "unseen" }, view.texts.new_window),
  );
}

function choice({ label, says }, view) {
  if (view.onChoice === null) return element("span", { class: "words", lang: langOf(label) }, label);
  const onclick = (event) => view.onChoice(says, event);
  return element("button", { type: "button", class: "button choice", lang: langOf(label), onclick }, label);
}
