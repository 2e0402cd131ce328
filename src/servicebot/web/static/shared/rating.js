/**
 * What stands under an answer out of an article: two buttons, once, or what the customer has said.
 *
 * @typedef {"open" | "sending" | "refused" | "solved" | "unsolved"} Rating
 */
import { element } from "./element.js";

/** Names an answer: by the message that it answers and its article. */
export function answerOf({ message_id: id, name }) {
  return `${id} ${name}`;
}

/**
 * @param {Rating} rating
 * @param {boolean} before whether it was rated before this tap, here or elsewhere
 * @param {import("./line.js").Line} line
 * @param {import("./line.js").View} view
 */
export function drawRating(rating, before, line, view) {
  const { texts } = view;
  if (rating === "solved" || rating === "unsolved") {
    const words = [texts[`rated_${rating}`], ...(before ? [texts.rated_before] : [])];
    return element("p", { class: "rating rating--done" }, ...words.map((one) => element("span", {}, one)));
  }
  const tap = (solved) =>
    element(
      "button",
      {
        type: "button",
        class: "button button--plain rating__tap",
        disabled: rating === "sending",
        onclick: (event) => view.onRate(line, solved, event),
      },
      solved ? texts.rate_solved : texts.rate_unsolved,
    );
  const why = rating === "refused" ? [element("span", { class: "rating__why" }, texts.not_rated)] : [];
  return element("div", { class: "rating", role: "group", "aria-label": texts.rate }, tap(true), tap(false), ...why);
}
