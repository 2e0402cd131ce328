/** What an auditor sees instead of the desk: the end of the audit trail. */
import { byId, element } from "../shared/element.js";
import { momentOf } from "../shared/instant.js";
import { trail } from "./api.js";

export class Trail {
  #texts;
  #rows = [];
  #readable = false;

  /** @param {() => Record<string, any>} texts */
  constructor(texts) {
    this.#texts = texts;
  }

  /** @param {{agent: string, role: string}} who */
  async show({ agent, role }) {
    byId("trail").hidden = false;
    byId("trail-agent").textContent = agent;
    this.#readable = role === "auditor";
    if (this.#readable) this.#rows = (await trail()).body?.rows ?? [];
    this.write();
  }

  /** Writes it again, in another language. */
  write() {
    const { trail: title, trail_columns: columns, no_desk: noDesk } = this.#texts();
    byId("trail-title").textContent = this.#readable ? title : noDesk;
    const names = this.#readable ? Object.keys(columns) : [];
    byId("trail-head").replaceChildren(...names.map((name) => element("th", { scope: "col" }, columns[name])));
    const drawn = this.#rows.map((row) =>
      element("tr", {}, ...names.map((name) => this.#cell(row, name))),
    );
    byId("trail-rows").replaceChildren(...drawn);
  }

  /** What the page has words for is told in its language; the rest is data, and stays as it is. */
  #cell(row, name) {
    const { acts, roles, unreadable, language } = this.#texts();
    const value = String(row[name] ?? "");
    if (row.unreadable && name === "act") return element("td", {}, unreadable);
    if (name === "act") return element("td", {}, acts[value] ?? value);
    if (name === "role") return element("td", {}, roles[value] ?? value);
    if (name === "at") return element("td", {}, value && momentOf(new Date(value), language));
    return element("td", { translate: "no" }, value);
  }
}
