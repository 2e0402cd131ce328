/** Which language the page speaks: the one chosen here before, else the browser's, else Chinese. */
import { recall, remember } from "./store.js";

const LANG = { zh: "zh-CN", en: "en" };

/** @returns {"zh" | "en"} */
export function chosenLanguage() {
  const chosen = recall("language");
  if (typeof chosen === "string" && Object.hasOwn(LANG, chosen)) return chosen;
  return /^en\b/i.test(navigator.language ?? "") ? "en" : "zh";
}

/** Remembers the choice. */
export function chooseLanguage(language) {
  remember("language", language);
}

/** The BCP 47 tag of one of our languages. */
export function langTag(language) {
  return LANG[language];
}

/** The tag of some words, so that a screen reader takes the right voice. */
export function langOf(text) {
  return /[\u3400-\u9fff]/.test(text) ? "zh-CN" : "en";
}

/**
 * Writes the interface texts into the page: `data-text` is the content, `data-label` the
 * aria-label, `data-hint` the placeholder.
 */
export function writeTexts(texts, language) {
  document.documentElement.lang = langTag(language);
  for (const node of document.querySelectorAll("[data-text]")) {
    node.textContent = texts[node.dataset.text];
  }
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", texts[node.dataset.label]);
  }
  for (const node of document.querySelectorAll("[data-hint]")) {
    node.setAttribute("placeholder", texts[node.dataset.hint]);
  }
}
