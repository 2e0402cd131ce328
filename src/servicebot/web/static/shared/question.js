/** Asks before something that cannot be taken back, or for a name. */
import { element } from "./element.js";

/**
 * @param {{title: string, text: string, yes: string, no: string}} words
 * @returns {Promise<boolean>}
 */
export async function ask({ title, text, yes, no }) {
  const words = element("p", { id: "question-text" }, text);
  return (await show({ title, yes, no, described: "question-text" }, words)) === "yes";
}

/**
 * @param {{title: string, label: string, yes: string, no: string, choices: string[]}} words
 * @returns {Promise<string | null>} null: nobody was named
 */
export async function askForName({ title, label, yes, no, choices }) {
  const field = element("input", { class: "field", id: "question-name", list: "question-choices", maxlength: 100 });
  const known = choices.map((one) => element("option", { value: one }));
  const answer = await show(
    { title, yes, no },
    element("label", { for: "question-name" }, label),
    field,
    element("datalist", { id: "question-choices" }, ...known),
  );
  const name = field.value.trim();
  return answer === "yes" && name ? name : null;
}

/** Enter says yes, Escape says no; then the focus is where it was. */
function show({ title, yes, no, described = null }, ...parts) {
  return new Promise((answer) => {
    const dialog = element(
      "dialog",
      { class: "question", "aria-labelledby": "question-title", "aria-describedby": described },
      element(
        "form",
        { method: "dialog" },
        element("h2", { class: "question__title", id: "question-title" }, title),
        ...parts,
        element(
          "div",
          { class: "question__acts" },
          element("button", { type: "button", class: "button", onclick: () => dialog.close("no") }, no),
          element("button", { class: "button button--main", value: "yes" }, yes),
        ),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
