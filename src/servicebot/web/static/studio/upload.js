/** A file that is chosen and sent, and what the server could not take of it. */
import { element } from "../shared/element.js";
import { data, labelled } from "./pieces.js";

const MOST_BYTES = 4 * 1024 * 1024; // as the server has it

/** A labelled field for one file; a browser would word its own button in a language of its own. */
export function fileField(texts, words, id, accept) {
  const name = element("span", {}, texts.choose_file);
  const onchange = () => {
    const file = input.files[0];
    name.translate = file === undefined;
    name.textContent = file === undefined ? texts.choose_file : file.name;
  };
  const input = element("input", { class: "file__input", id, type: "file", accept, required: true, onchange });
  return { input, field: labelled(words, element("span", { class: "button file" }, name, input)) };
}

/** The chosen file; null, and the page says why, where it is none that may be sent. */
export function chosenFile(app, input) {
  const file = input.files[0];
  if (file === undefined) return null;
  if (file.size <= MOST_BYTES) return file;
  app.tell(app.texts.file_too_large, true);
  return null;
}

/** What was not taken, each with its place and what to do. */
export function drawNotTaken(texts, found) {
  if (found.length === 0) return [];
  const items = found.map(({ place, why, named }) =>
    element("li", {}, data(place), texts.colon, texts.not_taken_for[why], ...(named ? [" ", data(named)] : [])),
  );
  return [
    element("h3", {}, texts.not_taken(found.length)),
    element("ul", { class: "hits", id: "not-taken" }, ...items),
  ];
}
