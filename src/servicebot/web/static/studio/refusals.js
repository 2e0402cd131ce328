/** Why the server refused, in the language of the page; by the codes of `domain/content_refusal.py`. */
import { refusalIn } from "../desk/refusals.js";
import { TEXTS as DESK } from "../desk/texts.js";

const REFUSALS = {
  zh: {
    check_complains: "检查没有通过，请先按提示改好。",
    not_compared: "请先查看影响：文件或线上内容已有变动。",
    unsigned: "还有变动没有确认，请逐组确认后再发布。",
    second_person: "写过这份草稿的人不能审核，需要另一位同事审核。",
    nothing_changed: "草稿里还没有改动，无需审核。",
    not_open: "草稿已提交，请先撤回再修改。",
    not_in_review: "草稿提交审核并查看影响后才能确认。",
    no_group: "影响已有变化，请重新查看。",
    no_way: "草稿现在的状态不允许这样做，请刷新后再看。",
    draft_changed: "其他同事刚改过这份草稿，请刷新后再看。",
    file_changed: (named) => `${named} 在您开始写草稿后已被更新，请打开草稿选择「以草稿为准」，或重新修改。`,
    others_commit: "内容正在被其他人更新，请稍后再试。",
    no_draft: "没有这份草稿。",
    no_file: "没有这个文件。",
    file_not_in_draft: "草稿没有改动这个文件。",
    no_content_file: (named) => `${named} 不是可以编辑的内容文件。请检查文件夹和文件名。`,
    leads_out: (named) => `${named} 指向内容文件夹之外，不能编辑。`,
    not_utf8: (named) => `${named} 的编码不对，请先另存为 UTF-8。`,
    phrase_known: (named) => `${named} 里已经有这个问法。`,
    no_phrases: (named) => `${named} 里没有问法列表，不能添加。`,
    content_broken: "内容无法读取，请先按检查提示改好。",
    no_content_in_commit: "这次更新没有改动内容。",
    no_commit: (named) => `没有找到更新记录 ${named}。`,
    nothing_published: "还没有发布过。",
  },
  en: {
    check_complains: "The check complains; mend that first.",
    not_compared: "Compare first: files or the live content have changed.",
    unsigned: "Not every group of changed answers is signed.",
    second_person: "Whoever wrote in a draft cannot approve it; a second person must.",
    nothing_changed: "Nothing is changed yet, so there is nothing to review.",
    not_open: "The draft is not open any more; take it back from review first.",
    not_in_review: "Only what is in review and was compared can be signed.",
    no_group: "The effect has changed; look at it again.",
    no_way: "The draft cannot go there from where it is. Reload and look again.",
    draft_changed: "Somebody else has just changed the draft; reload and look at it again.",
    file_changed: (named) => `${named} was changed after the draft was begun. Open the draft and keep its text, or write it again.`,
    others_commit: "Others are changing the content just now. Try again in a moment.",
    no_draft: "There is no such draft.",
    no_file: "There is no such file.",
    file_not_in_draft: "The draft does not change that file.",
    no_content_file: (named) => `${named} is no file of the content. Look at the folder and the file's name.`,
    leads_out: (named) => `${named} leads out of the content folder and cannot be edited.`,
    not_utf8: (named) => `${named} is not UTF-8; save it as UTF-8 first.`,
    phrase_known: (named) => `${named} has that phrase already.`,
    no_phrases: (named) => `${named} has no list of phrases to add to.`,
    content_broken: "The content cannot be read; mend what the check complains of.",
    no_content_in_commit: "That change touched no content.",
    no_commit: (named) => `There is no change ${named}.`,
    nothing_published: "Nothing has been published yet.",
  },
};

/**
 * @param {{texts: Record<string, any>, language: "zh" | "en"}} app
 * @param {import("./api.js").Answer} answer
 */
export function refusalOf({ texts, language }, answer) {
  const ours = { refusals: REFUSALS[language] };
  return refusalIn(ours, answer) || refusalIn(DESK[language], answer) || texts.by_status[answer.status] || texts.failed;
}
