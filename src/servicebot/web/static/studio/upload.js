/** A file that is chosen and sent, and what the server could not take of it. */
import { element } from "../shared/element.js";
import { data, labelled } from "./pieces.js";

const MOST_BYTES = 4 * 1024 * 1024; // as the server has it

/** A labelled field for one file. */
export function fileField(words, id, accept) {
  const input = element("input", { class: "field", id, type: "file", accept, required: true });
  return { input, field: labelled(words, input) };
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
