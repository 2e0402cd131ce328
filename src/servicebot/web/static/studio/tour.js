/** Five steps for whoever is here for the first time. */
import { byId, element } from "../shared/element.js";
import { recall, remember } from "../shared/store.js";
import { button } from "./pieces.js";

const SEEN = "studio-tour-seen";

export class Tour {
  #app;
  #step = 0;
  #place = byId("tour");

  constructor(app) {
    this.#app = app;
    this.#place.addEventListener("keydown", (event) => event.key === "Escape" && this.#end());
  }

  /** Unless it was seen. */
  showFirst() {
    if (recall(SEEN) !== true) this.show(false);
  }

  show(focuses = true) {
    this.#step = 0;
    this.#place.hidden = false;
    this.write();
    if (focuses) this.#place.querySelector(".button--main").focus();
  }

  write() {
    if (this.#place.hidden) return;
    const { texts } = this.#app;
    const steps = texts.tour;
    const [name, words] = steps[this.#step];
    const last = this.#step === steps.length - 1;
    const back = this.#step ? [button(texts.tour_back, () => this.#go(-1))] : [];
    const on = last ? button(texts.tour_done, () => this.#end(), "button--main") : button(texts.tour_on, () => this.#go(1), "button--main");
    const skip = last ? [] : [button(texts.tour_skip, () => this.#end(), "button--plain", { id: "tour-skip" })];
    this.#place.replaceChildren(
      element("h2", { id: "tour-title" }, `${this.#step + 1}/${steps.length} ${name}`),
      element("p", {}, words),
      element("div", { class: "acts" }, ...skip, ...back, on),
    );
  }

  #go(by) {
    this.#step += by;
    this.write();
    this.#place.querySelector(".button--main").focus();
  }

  #end() {
    remember(SEEN, true);
    this.#place.hidden = true;
    byId("screen").focus();
  }
}
