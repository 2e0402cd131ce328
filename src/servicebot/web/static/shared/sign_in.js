/** The form that stands before the desk and the studio; the accounts are the same. */
import { byId } from "./element.js";

export class SignIn {
  #page = byId("sign-in");
  #form = byId("sign-in-form");
  #fault = byId("sign-in-fault");
  #parts;
  #busy = false;
  #refused = null;

  /**
   * @param {object} parts
   * @param {(name: string, password: string, code: string) => Promise<any>} parts.signIn
   * @param {() => Promise<any>} parts.ways how one may sign in here
   * @param {(answer: any) => string} parts.refusal why it was refused, in the language of the page
   * @param {string[]} parts.hides ids of what is not to be seen before
   * @param {() => void} parts.onSignedIn
   */
  constructor(parts) {
    this.#parts = parts;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#try();
    });
  }

  /** @param {{status: number, reason?: string} | null} refused why one comes back to it */
  async show(refused = null) {
    this.#refused = refused;
    for (const id of this.#parts.hides) byId(id).hidden = true;
    this.#page.hidden = false;
    this.write();
    byId("name").focus();
    byId("bank-sign-in").hidden = (await this.#parts.ways()).body?.bank !== true;
  }

  /** Writes the fault again, in another language. */
  write() {
    this.#fault.textContent = this.#refused === null ? "" : this.#parts.refusal(this.#refused);
  }

  async #try() {
    if (this.#busy) return;
    this.#busy = true;
    this.#refused = null;
    this.write();
    const code = byId("code").value.trim();
    const answer = await this.#parts.signIn(byId("name").value.trim(), byId("password").value, code);
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
    this.#parts.onSignedIn();
  }
}
