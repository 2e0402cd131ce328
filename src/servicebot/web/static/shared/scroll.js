/** Keeps the end in sight, unless the reader has scrolled up: then a button leads back. */
const NEAR_PX = 120;

export class Scroll {
  #area;
  #button;
  #atEnd = true;

  /** @param {HTMLElement} area scrolls @param {HTMLElement} button leads to the end */
  constructor(area, button) {
    [this.#area, this.#button] = [area, button];
    area.addEventListener("scroll", () => this.#look(), { passive: true });
    button.addEventListener("click", () => this.toEnd());
    new ResizeObserver(() => this.#atEnd && this.toEnd()).observe(area);
  }

  /** Call after lines were added. */
  follow() {
    if (this.#atEnd) this.toEnd();
    else this.#button.hidden = false;
  }

  toEnd() {
    this.#area.scrollTop = this.#area.scrollHeight;
    this.#atEnd = true;
    this.#button.hidden = true;
  }

  #look() {
    const { scrollHeight, scrollTop, clientHeight } = this.#area;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    if (this.#atEnd) this.#button.hidden = true;
  }
}
