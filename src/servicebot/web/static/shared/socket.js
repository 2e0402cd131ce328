/**
 * A WebSocket that comes back: back-off with jitter, at once when the network or the page returns.
 * Phones lose connections without a word, so it asks now and then whether the server still hears.
 *
 * @typedef {"connecting" | "open" | "lost" | "offline"} Link
 * @typedef {object} Handlers
 * @property {() => void} onOpen say hello here
 * @property {(frame: any) => void} onFrame one JSON frame
 * @property {(link: Link) => void} onLink what to tell the reader
 * @property {(code: number) => boolean} [onClose] whether to try again
 */
import { Backoff } from "./backoff.js";

const FIRST_MS = 500;
const MOST_MS = 15_000;
const OPEN_WITHIN_MS = 8_000;
const PING_EVERY_MS = 25_000;
const PONG_WITHIN_MS = 8_000;

export class Socket {
  #url;
  #handlers;
  #socket = null;
  #timer = 0;
  #silence = 0;
  #wait = new Backoff(FIRST_MS, MOST_MS);
  #running = false;

  /** @param {string} path @param {Handlers} handlers */
  constructor(path, handlers) {
    this.#url = new URL(path, location.href);
    this.#url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    this.#handlers = handlers;
    addEventListener("online", () => this.#isOpen() || this.#again());
    addEventListener("offline", () => this.renew());
    addEventListener("pageshow", (event) => event.persisted && this.#again());
    document.addEventListener("visibilitychange", () => document.hidden || this.#seen());
    setInterval(() => this.#ping(), PING_EVERY_MS);
  }

  start() {
    this.#running = true;
    this.#wait.reset();
    this.#connect();
  }

  stop() {
    this.#running = false;
    clearTimeout(this.#timer);
    this.#discard();
  }

  /** Gives up a connection that no longer answers, and opens another. */
  renew() {
    if (this.#running) this.#lose();
  }

  /** @returns {boolean} whether it went out; who needs it to arrive sends it again on open */
  send(frame) {
    if (!this.#isOpen()) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  #isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  #connect() {
    clearTimeout(this.#timer);
    this.#discard();
    if (this.#wait.isFirst) this.#handlers.onLink("connecting");
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    this.#timer = setTimeout(() => this.#lose(), OPEN_WITHIN_MS);
    socket.onopen = () => {
      clearTimeout(this.#timer);
      this.#handlers.onLink("open");
      this.#handlers.onOpen();
    };
    socket.onmessage = (event) => {
      clearTimeout(this.#silence);
      const frame = JSON.parse(event.data);
      if (frame.type !== "refused" || frame.id) this.#wait.reset(); // a refused hello is no success
      if (frame.type !== "pong") this.#handlers.onFrame(frame);
    };
    socket.onclose = (event) => this.#lose(event.code);
  }

  #lose(code = 1006) {
    clearTimeout(this.#timer);
    this.#discard();
    if (!this.#running || this.#handlers.onClose?.(code) === false) return;
    this.#handlers.onLink(navigator.onLine ? "lost" : "offline");
    this.#timer = setTimeout(() => this.#connect(), this.#wait.next());
  }

  #again() {
    if (!this.#running) return;
    this.#wait.ease();
    this.#connect();
  }

  #seen() {
    if (this.#isOpen()) this.#ping();
    else if (this.#socket?.readyState !== WebSocket.CONNECTING) this.#again();
  }

  #ping() {
    if (!this.send({ type: "ping" })) return;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.renew(), PONG_WITHIN_MS);
  }

  #discard() {
    clearTimeout(this.#silence);
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}
