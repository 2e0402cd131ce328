/** One ticket as an element: why, how urgent, who, how long, what was said, what is half done. */
import { element } from "../shared/element.js";
import { lasted } from "../shared/instant.js";
import { langOf } from "../shared/language.js";

/**
 * @typedef {object} Ticket as the server tells it
 * @property {string} id
 * @property {string} channel
 * @property {string | null} customer
 * @property {"zh" | "en"} language
 * @property {string} reason
 * @property {"urgent" | "high" | "normal"} priority
 * @property {string} summary
 * @property {string | null} task
 * @property {boolean} promised
 * @property {"gave_up" | "superseded" | null} departure
 * @property {string} opened_at
 */

/** The facts of a ticket, for the queue and for the head of the conversation. */
export function drawFacts(ticket, texts) {
  const nodes = [
    element(
      "p",
      { class: "ticket__top" },
      element(
        "span",
        { class: `priority priority--${ticket.priority}` },
        texts.priorities[ticket.priority] ?? ticket.priority,
      ),
      element("strong", { class: "ticket__reason" }, texts.reasons[ticket.reason] ?? ticket.reason),
    ),
    element("p", { class: "ticket__who" }, ...who(ticket, texts)),
  ];
  if (ticket.summary) nodes.push(quoted(texts.said, ticket.summary));
  if (ticket.task) nodes.push(quoted(texts.task, ticket.task));
  if (ticket.promised) nodes.push(element("p", { class: "ticket__promise" }, texts.promised));
  return nodes;
}

/** A ticket whose customer waits no more: why, and who it was. */
export function drawLeft(ticket, texts) {
  const why = texts.departures[ticket.departure] ?? "";
  const nodes = [element("p", {}, element("strong", {}, why)), element("p", { class: "ticket__who" }, ...who(ticket, texts))];
  if (ticket.summary) nodes.push(quoted(texts.said, ticket.summary));
  return element("li", { class: "ticket ticket--left", "data-departure": ticket.departure }, ...nodes);
}

/** How long it has waited; `tick` counts it up. */
export function drawWaited(ticket, texts) {
  const time = element("time", { "data-since": ticket.opened_at, role: "timer", "aria-live": "off" });
  const node = element("p", { class: "ticket__waited" }, `${texts.waited} `, time);
  tick(node);
  return node;
}

/** Counts every waiting time below a node up to now. */
export function tick(root) {
  const now = Date.now();
  for (const time of root.querySelectorAll("[data-since]")) {
    time.textContent = lasted(Date.parse(time.dataset.since), now);
  }
}

function who(ticket, texts) {
  const channel = texts.channels[ticket.channel] ?? ticket.channel;
  const known = ticket.customer ? nameOf(ticket.customer) : texts.unknown_customer;
  return [known, ` · ${texts.languages[ticket.language] ?? ticket.language} · ${channel}`];
}

/** Somebody's name: no words of the page, and in no language to be translated. */
export function nameOf(name) {
  return element("span", { translate: "no", lang: langOf(name) }, name);
}

function quoted(label, words) {
  const what = element("span", { class: "ticket__label" }, `${label}:`);
  return element("p", { class: "ticket__words" }, what, element("span", { lang: langOf(words) }, words));
}
