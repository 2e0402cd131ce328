/** Sends ratings; one that the server has not taken goes out again when the line is back. */
export class Ratings {
  #socket;
  #lines;
  #waiting = new Map();

  /** @param {{socket: import("../shared/socket.js").Socket, lines: import("../shared/lines.js").Lines}} parts */
  constructor({ socket, lines }) {
    [this.#socket, this.#lines] = [socket, lines];
  }

  /** The customer says whether an answer solved what was asked. */
  rate({ message_id: messageId, name: article }, solved) {
    const id = messageId.split("/").pop();
    this.#waiting.set(`${id} ${article}`, { id, article, solved });
    this.#lines.setRating(id, article, "sending");
    this.resume();
  }

  /** After a connection was opened: the server takes each once, however often it comes. */
  resume() {
    for (const one of this.#waiting.values()) this.#socket.send({ type: "rate", ...one });
  }

  /**
   * What became of one; what was said, by whichever page, comes as a line.
   *
   * @returns {boolean} whether an answer to it may come
   */
  told({ type, id, article, accepted }) {
    const one = this.#waiting.get(`${id} ${article}`);
    this.#waiting.delete(`${id} ${article}`);
    if (type === "not_rated" && one) this.#lines.setRating(id, article, "refused");
    if (type === "rated" && accepted === "duplicate") this.#lines.setRating(id, article, "sending", true);
    return type === "rated" && accepted === "new" && one !== undefined && !one.solved;
  }

  /** The conversation is over. */
  forget() {
    this.#waiting.clear();
  }
}
