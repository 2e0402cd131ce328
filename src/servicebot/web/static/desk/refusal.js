/** Why the server refused an act, in the language of the page. */

/** @param {any} texts @param {import("./api.js").Answer} answer */
export function refusalIn(texts, answer) {
  return texts.refusals[answer.detail] ?? answer.detail;
}
