/** A new article with every field of its head, as `knowledge_base/README.md` names them. */
const PREFIX = "knowledge_base";

/** @returns {string} the path of an article below the content folder */
export function pathOf(language, line, name) {
  return `${PREFIX}/${language}/${line}/${name}.md`;
}

/**
 * @param {{line: string, name: string, title: string, owner: string, source: string,
 *   handOver: boolean, phrase: string, first: string, last: string, hints: Record<string, string>}} facts
 */
export function articleText({ line, name, title, owner, source, handOver, phrase, first, last, hints }) {
  return [
    "---",
    `id: ${line}/${name}`,
    `title: ${title}`,
    `valid: ${first} .. ${last}`,
    `owner: ${owner}`,
    `source: ${source}`,
    `hand_over: ${handOver ? "yes" : "no"}`,
    "asked_as: |",
    `  ${phrase || hints.asked_as}`,
    "not_for: |",
    `  ${hints.not_for}`,
    "held_out: |",
    `  ${hints.held_out}`,
    "---",
    hints.answer,
    "",
  ].join("\n");
}
