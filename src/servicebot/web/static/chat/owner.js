/** The banner that says who answers: nothing for the bot, words while waiting and with a person. */
export class Owner {
  #banner;
  #words;
  #leave;
  #person;
  #texts;
  /** @type {"bot" | "queue" | "person"} */
  #owner = "bot";

  /**
   * @param {{banner: HTMLElement, words: HTMLElement, leave: HTMLElement, person: HTMLElement}} parts
   * @param {() => Record<string, string>} texts
   */
  constructor({ banner, words, leave, person }, texts) {
    [this.#banner, this.#words, this.#leave, this.#texts] = [banner, words, leave, texts];
    this.#person = person;
  }

  get isBot() {
    return this.#owner === "bot";
  }

  set(owner) {
    if (owner === this.#owner) return;
    this.#owner = owner;
    this.write();
  }

  /** Writes it again, in another language. */
  write() {
    const { waiting, with_person: withPerson } = this.#texts();
    this.#banner.dataset.owner = this.#owner;
    this.#words.textContent = { bot: "", queue: waiting, person: withPerson }[this.#owner];
    this.#leave.hidden = this.#owner !== "queue";
    this.#person.hidden = !this.isBot; // who waits for a person or has one needs no button for one
  }
}
