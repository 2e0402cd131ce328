/** The field to write in: grows, sends on Enter, safe with input methods and double taps. */

/** The server's limit, in characters. */
export const MOST_CHARACTERS = 2000;
const TELL_FROM = 1800;

export class Composer {
  #form;
  #field;
  #counter;
  #send;
  #overText;
  #busy = false;

  /**
   * @param {object} parts
   * @param {HTMLFormElement} parts.form holds the field and a submit button
   * @param {HTMLTextAreaElement} parts.field
   * @param {HTMLElement} parts.counter shown near the limit
   * @param {(text: string) => boolean | Promise<boolean>} parts.onSend whether to empty the field
   * @param {(over: number) => string} parts.overText words for too many characters
   */
  constructor({ form, field, counter, onSend, overText }) {
    [this.#form, this.#field, this.#counter] = [form, field, counter];
    [this.#send, this.#overText] = [onSend, overText];
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    field.addEventListener("input", () => this.refresh());
    field.addEventListener("keydown", (event) => this.#key(event));
    this.refresh();
  }

  /** Empties the field. */
  clear() {
    this.#field.value = "";
    this.refresh();
  }

  /** Fits height, counter and button to the text. */
  refresh() {
    const length = [...this.#field.value.trim()].length;
    const over = length - MOST_CHARACTERS;
    this.#field.style.height = "auto";
    this.#field.style.height = `${this.#field.scrollHeight + 2}px`;
    this.#counter.hidden = length < TELL_FROM;
    this.#counter.textContent =
      over > 0 ? this.#overText(over) : `${length} / ${MOST_CHARACTERS}`;
    this.#counter.classList.toggle("counter--over", over > 0);
    this.#field.setAttribute("aria-invalid", String(over > 0));
    const button = this.#form.querySelector("[type=submit]");
    button.setAttribute("aria-disabled", String(length === 0 || over > 0));
  }

  #key(event) {
    const composing = event.isComposing || event.keyCode === 229; // 229: Safari ends a composition
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    this.#submit();
  }

  async #submit() {
    const text = this.#field.value.trim();
    if (this.#busy || text === "" || [...text].length > MOST_CHARACTERS) return;
    this.#busy = true;
    try {
      if (await this.#send(text)) this.clear();
    } finally {
      this.#busy = false;
    }
  }
}
