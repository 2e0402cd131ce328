/** What customers said of an article: of the words that serve, and of those before. */
import { element } from "../shared/element.js";

/**
 * @param {Record<string, any>} texts
 * @param {{serving: boolean, solved: number, unsolved: number}[]} ratings one for each edition
 * @returns {HTMLElement[]} nothing where nobody has rated
 */
export function drawRatings(texts, ratings) {
  const count = (some) => some.reduce((sum, one) => [sum[0] + one.solved, sum[1] + one.unsolved], [0, 0]);
  const told = [
    [texts.rated_now, count(ratings.filter(({ serving }) => serving))],
    [texts.rated_earlier, count(ratings.filter(({ serving }) => !serving))],
  ].filter(([, [solved, unsolved]]) => solved + unsolved > 0);
  if (told.length === 0) return [];
  const words = told.map(([name, [solved, unsolved]]) => `${name}${texts.rated(solved, unsolved)}`);
  return [element("p", { class: "note", id: "ratings" }, words.join(texts.rated_between))];
}
