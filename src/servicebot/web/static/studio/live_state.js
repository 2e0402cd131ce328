/** Which edition is live, and what becomes of the newest change; asked often while it is fitted. */
import { byId, element } from "../shared/element.js";
import { clockTime } from "../shared/instant.js";
import { me } from "./api.js";
import { faultList } from "./pieces.js";

const SOON_MS = 5_000;
const LATER_MS = 60_000;
const WATCH_MS = 90_000; // after a publication its fit may begin a little later

export class LiveState {
  #app;
  #live = null;
  #timer = 0;
  #watched = 0;
  #drawn = "";

  constructor(app) {
    this.#app = app;
  }

  /** @param {{version: string, state: string, since: string | null, faults: any[]}} live */
  show(live) {
    this.#live = live;
    this.write();
    const soon = live.state === "fitting" || Date.now() < this.#watched;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), soon ? SOON_MS : LATER_MS);
  }

  /** Looks often for a while: something was published. */
  watch() {
    this.#watched = Date.now() + WATCH_MS;
    this.#ask();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#live = null;
  }

  write() {
    if (this.#live === null) return;
    const { texts, language } = this.#app;
    const { version, state, since, faults } = this.#live;
    const drawn = JSON.stringify([this.#live, language]);
    if (drawn === this.#drawn) return; // nothing new: say nothing again
    this.#drawn = drawn;
    const at = since === null ? "" : clockTime(new Date(since), language);
    const parts = [
      element("p", { class: `state state--${state}`, "data-state": state }, texts.live_states[state], " ", at),
      element("p", {}, texts.live_edition, " ", element("span", { translate: "no", id: "live-version" }, version.slice(0, 8))),
    ];
    if (faults.length) {
      parts.push(element("details", {}, element("summary", {}, texts.refused_for(faults.length)), faultList(faults, texts)));
    }
    byId("live").replaceChildren(...parts);
  }

  async #ask() {
    clearTimeout(this.#timer);
    const answer = await me();
    if (answer.status === 401) this.#app.look(answer);
    else if (answer.ok) this.show(answer.body.live);
    else this.#timer = setTimeout(() => this.#ask(), SOON_MS);
  }
}
