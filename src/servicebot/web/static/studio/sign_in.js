/** The form that stands before the studio; the accounts are those of the desk. */
import { byId } from "../shared/element.js";
import { signIn, ways } from "../desk/api.js";
import { refusalIn } from "../desk/refusals.js";

export class SignIn {
  #page = byId("sign-in");
  #form = byId("sign-in-form");
  #fault = byId("sign-in-fault");
  #texts;
  #onSignedIn;
  #busy = false;
  #refused = null;

  /** @param {() => Record<string, any>} texts @param {() => void} onSignedIn */
  constructor(texts, onSignedIn) {
    [this.#texts, this.#onSignedIn] = [texts, onSignedIn];
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#try();
    });
  }

  /** @param {{status: number, reason?: string} | null} refused why one comes back to it */
  async show(refused = null) {
    this.#refused = refused;
    byId("studio").hidden = byId("not-for-you").hidden = true;
    this.#page.hidden = false;
    this.write();
    byId("name").focus();
    byId("bank-sign-in").hidden = (await ways()).body?.bank !== true;
  }

  /** Writes the fault again, in another language. */
  write() {
    const refused = this.#refused;
    if (refused === null) this.#fault.textContent = "";
    else this.#fault.textContent = refusalIn(this.#texts(), refused) || this.#words(refused);
  }

  #words({ status }) {
    return status === 0 ? this.#texts().no_server : this.#texts().failed;
  }

  async #try() {
    if (this.#busy) return;
    this.#busy = true;
    this.#refused = null;
    this.write();
    const code = byId("code").value.trim();
    const answer = await signIn(byId("name").value.trim(), byId("password").value, code);
    this.#busy = false;
    byId("code").value = "";
    if (!answer.ok) {
      this.#refused = answer;
      this.write();
      byId("password").select();
      return;
    }
    byId("password").value = "";
    this.#page.hidden = true;
    this.#onSignedIn();
  }
}
