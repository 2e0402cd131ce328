/** Asks before something that cannot be taken back. */
import { element } from "./element.js";

/**
 * @param {{title: string, text: string, yes: string, no: string}} words
 * @returns {Promise<boolean>}
 */
export function ask({ title, text, yes, no }) {
  return new Promise((answer) => {
    const dialog = element(
      "dialog",
      { class: "question", "aria-labelledby": "question-title", "aria-describedby": "question-text" },
      element("h2", { class: "question__title", id: "question-title" }, title),
      element("p", { id: "question-text" }, text),
      element(
        "div",
        { class: "question__acts" },
        element("button", { class: "button", onclick: () => dialog.close("no") }, no),
        element("button", { class: "button button--main", onclick: () => dialog.close("yes") }, yes),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
