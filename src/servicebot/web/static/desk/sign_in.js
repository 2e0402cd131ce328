/** The form that stands before the desk. */
import { byId } from "../shared/element.js";
import { signIn } from "./api.js";

export class SignIn {
  #form = byId("sign-in");
  #fault = byId("sign-in-fault");
  #texts;
  #onSignedIn;
  #busy = false;

  /** @param {() => Record<string, any>} texts @param {() => void} onSignedIn */
  constructor(texts, onSignedIn) {
    [this.#texts, this.#onSignedIn] = [texts, onSignedIn];
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#try();
    });
  }

  show() {
    byId("desk").hidden = true;
    this.#form.hidden = false;
    byId("name").focus();
  }

  async #try() {
    if (this.#busy) return;
    this.#busy = true;
    this.#fault.textContent = "";
    const answer = await signIn(byId("name").value.trim(), byId("password").value);
    this.#busy = false;
    if (!answer.ok) {
      this.#fault.textContent = answer.detail || this.#texts().no_server;
      byId("password").select();
      return;
    }
    byId("password").value = "";
    this.#form.hidden = true;
    byId("desk").hidden = false;
    this.#onSignedIn();
  }
}
