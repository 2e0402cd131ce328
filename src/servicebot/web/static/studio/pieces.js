/** Small things that several screens show. */
import { element } from "../shared/element.js";

/** Words that are data: they stay as they are in every language of the page. */
export function data(words, tag = "span", name = null) {
  return element(tag, { translate: "no", class: name }, words);
}

export function button(words, onclick, name = "", further = {}) {
  return element("button", { type: "button", class: `button ${name}`.trim(), onclick, ...further }, words);
}

export function link(href, ...words) {
  return element("a", { class: "plain-link", href }, ...words);
}

/** Where a file is edited. */
export function hrefOf(path, line = 0) {
  return `#/file?${new URLSearchParams(line ? { path, line } : { path })}`;
}

export function title(words, ...further) {
  return element("div", { class: "screen__head" }, element("h2", {}, words), ...further);
}

export function none(words, ...further) {
  return element("p", { class: "none" }, words, ...further);
}

export function waiting(words) {
  return element("p", { class: "waiting", role: "status" }, words);
}

/** A labelled field. */
export function labelled(words, field) {
  return element("label", { class: "labelled" }, element("span", {}, words), field);
}

/** @param {[string, string][]} options value and words */
export function select(options, chosen, onchange) {
  const drawn = options.map(([value, words]) => element("option", { value, selected: value === chosen }, words));
  return element("select", { class: "field", onchange }, ...drawn);
}

/** Complaints of the check; a click leads to the line. */
export function faultList(faults, texts, onJump = null) {
  if (faults.length === 0) return element("p", { class: "good" }, texts.no_faults);
  const items = faults.map((fault) => {
    const { path, line } = fault;
    const place = line ? `${path}:${line}` : path;
    const jump = onJump === null ? null : (event) => onJump(event, path, line);
    const level = fault.level === "warning" ? "warning" : "error";
    return element(
      "li",
      { class: `complaint complaint--${level}`, "data-level": level },
      element("span", { class: "complaint__level" }, texts.levels[level]),
      element("a", { class: "plain-link", href: hrefOf(path, line), translate: "no", onclick: jump }, place),
      data(texts.complaint(fault), "span", "complaint__words"),
    );
  });
  return element("ul", { class: "complaints" }, ...items);
}
