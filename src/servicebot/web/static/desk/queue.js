/** The left side: who waits, longest and most urgent first, and the agent's own conversations. */
import { byId, element } from "../shared/element.js";
import { drawFacts, drawLeft, drawWaited, nameOf, tick } from "./ticket.js";

const EVERY_MS = 1_000;

export class Queue {
  #waiting = byId("waiting");
  #mine = byId("mine");
  #left = byId("left");
  #handlers;
  #drawn = "";
  #assigns = false;

  /**
   * @param {object} handlers
   * @param {() => any} handlers.texts
   * @param {(id: string) => void} handlers.onTake
   * @param {(id: string) => void} handlers.onTakeOver
   * @param {(id: string) => void} handlers.onAssign gives it to somebody, who is asked for
   * @param {(id: string) => void} handlers.onChoose
   */
  constructor(handlers) {
    this.#handlers = handlers;
    setInterval(() => tick(this.#waiting), EVERY_MS);
  }

  /**
   * @param {Record<"waiting" | "mine" | "left" | "others", import("./ticket.js").Ticket[]>} state
   * @param {string | null} chosen the open ticket
   * @param {(id: string) => number} unread
   */
  show({ waiting, mine, left = [], others = [], role = "" }, chosen, unread) {
    this.#assigns = role === "supervisor";
    const counts = mine.map(({ id }) => unread(id));
    const drawn = JSON.stringify([waiting, mine, left, others, chosen, counts, this.#handlers.texts().title]);
    if (drawn === this.#drawn) return; // nothing new: keep the focus where it is
    this.#drawn = drawn;
    const focused = document.activeElement?.dataset?.ticket;
    byId("waiting-count").textContent = String(waiting.length);
    byId("mine-count").textContent = String(mine.length);
    byId("take-next").setAttribute("aria-disabled", String(waiting.length === 0));
    const { none_waiting: noneWaiting, none_mine: noneMine } = this.#handlers.texts();
    this.#fill(this.#waiting, waiting.map((one) => this.#waitingTicket(one)), noneWaiting);
    this.#fill(this.#mine, mine.map((one, at) => this.#own(one, chosen, counts[at])), noneMine);
    this.#left.replaceChildren(...left.map((one) => drawLeft(one, this.#handlers.texts())));
    byId("left-part").hidden = left.length === 0;
    byId("others").replaceChildren(...others.map((one) => this.#othersTicket(one)));
    byId("others-part").hidden = others.length === 0;
    if (focused) document.querySelector(`[data-ticket="${CSS.escape(focused)}"]`)?.focus();
  }

  #fill(list, nodes, none) {
    list.replaceChildren(...(nodes.length ? nodes : [element("li", { class: "none" }, none)]));
  }

  #waitingTicket(ticket) {
    const texts = this.#handlers.texts();
    const label = `${texts.take}: ${texts.reasons[ticket.reason] ?? ticket.reason}`;
    const onclick = () => this.#handlers.onTake(ticket.id);
    const take = { type: "button", class: "button", "aria-label": label, "data-ticket": ticket.id, onclick };
    return element(
      "li",
      { class: `ticket ticket--${ticket.priority}` },
      ...drawFacts(ticket, texts),
      element(
        "div",
        { class: "ticket__foot" },
        drawWaited(ticket, texts),
        ...this.#assignButton(ticket),
        element("button", take, texts.take),
      ),
    );
  }

  #othersTicket(ticket) {
    const texts = this.#handlers.texts();
    const onclick = () => this.#handlers.onTakeOver(ticket.id);
    const label = `${texts.take_over}: ${ticket.agent}`;
    return element(
      "li",
      { class: `ticket ticket--${ticket.priority}` },
      ...drawFacts(ticket, texts),
      element(
        "div",
        { class: "ticket__foot" },
        element("p", { class: "ticket__waited" }, `${texts.held_by} `, nameOf(ticket.agent)),
        ...this.#assignButton(ticket),
        element("button", { type: "button", class: "button", "aria-label": label, onclick }, texts.take_over),
      ),
    );
  }

  #assignButton(ticket) {
    if (!this.#assigns) return [];
    const texts = this.#handlers.texts();
    const onclick = () => this.#handlers.onAssign(ticket.id);
    const label = `${texts.assign} ${texts.reasons[ticket.reason] ?? ticket.reason}`;
    return [element("button", { type: "button", class: "button", "aria-label": label, onclick }, texts.assign)];
  }

  #own(ticket, chosen, unread) {
    const texts = this.#handlers.texts();
    const onclick = () => this.#handlers.onChoose(ticket.id);
    const open = ticket.id === chosen;
    const button = element(
      "button",
      { type: "button", class: "own", "aria-current": open ? "true" : null, "data-ticket": ticket.id, onclick },
      ...drawFacts(ticket, texts),
    );
    if (unread > 0) button.append(element("span", { class: "unread" }, texts.unread(unread)));
    return element("li", {}, button);
  }
}
