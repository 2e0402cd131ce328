/** The draft that this tab writes in: chosen, begun, or none. */
import { byId } from "../shared/element.js";
import { askForName } from "../shared/question.js";
import { beginDraft, drafts } from "./api.js";
import { chooseDraft, chosenDraft } from "./chosen_draft.js";
import { button, labelled, link, select } from "./pieces.js";

export class DraftBar {
  #app;
  #open = [];

  constructor(app) {
    this.#app = app;
  }

  /** Looks which drafts are open; one that is not any more is left. */
  async refresh() {
    const answer = await drafts();
    if (!this.#app.look(answer)) return;
    this.#open = answer.body.drafts.filter(({ state }) => state === "open");
    if (!this.#open.some(({ id }) => id === chosenDraft())) chooseDraft("");
    this.write();
  }

  /** The id of the current draft; begins one where there is none, empty where nobody wants one. */
  async need() {
    return chosenDraft() || this.begin();
  }

  /** Asks for a title and begins a draft. */
  async begin() {
    const { texts } = this.#app;
    const words = { title: texts.begin_title, label: texts.draft_title, yes: texts.begin_yes, no: texts.cancel };
    const named = await askForName({ ...words, choices: [] });
    if (named === null) return "";
    const answer = await beginDraft(named);
    if (!this.#app.look(answer)) return "";
    chooseDraft(answer.body.id);
    await this.refresh();
    return answer.body.id;
  }

  write() {
    const { texts } = this.#app;
    const chosen = chosenDraft();
    const options = [["", texts.no_draft], ...this.#open.map(({ id, title }) => [id, title])];
    const choice = select(options, chosen, () => {
      chooseDraft(choice.value);
      this.write();
      this.#app.redraw();
    });
    choice.id = "draft-choice";
    for (const one of [...choice.options].slice(1)) one.translate = false;
    const begin = button(texts.begin, async () => {
      if (await this.begin()) this.#app.redraw();
    });
    begin.id = "begin-draft";
    const opened = chosen ? [link(`#/draft/${encodeURIComponent(chosen)}`, texts.look_at_draft)] : [];
    byId("draft-bar").replaceChildren(labelled(texts.current_draft, choice), ...opened, begin);
  }
}
