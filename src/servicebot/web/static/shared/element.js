/**
 * Builds an element. Words go in as text nodes only, so that nothing a customer, an agent or the
 * bank writes can become markup.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] `on…` are listeners; false and null are left out
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") node.addEventListener(name.replace(/^on/, ""), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children);
  return node;
}

/** The element with this id; a page without it is broken, so say so at once. */
export function byId(id) {
  const node = document.getElementById(id);
  if (node === null) throw new Error(`The page has no #${id}.`);
  return node;
}
