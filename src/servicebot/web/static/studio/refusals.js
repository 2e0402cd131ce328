/** Why the server refused, in the language of the page. */
import { refusalIn } from "../desk/refusals.js";
import { TEXTS as DESK } from "../desk/texts.js";

// The server's words -> Chinese; `*` stands for the file or the like that they name.
const CHINESE = [
  ["The check complains; mend that first.", "检查没有通过，请先按提示改好。"],
  ["Compare it with what was asked first: files or content have changed.", "请先查看影响：文件或线上内容已有变动。"],
  ["Not every group of changed answers is signed.", "还有变动没有确认，请逐组确认后再发布。"],
  ["Whoever wrote in a draft cannot approve it; a second person must.", "写过这份草稿的人不能审核，需要另一位同事审核。"],
  ["Nothing is changed yet, so there is nothing to review.", "草稿里还没有改动，无需审核。"],
  ["The draft is not open any more; take it back from review first.", "草稿已提交，请先撤回再修改。"],
  ["Only what is in review and was compared can be signed.", "草稿提交审核并查看影响后才能确认。"],
  ["There is no such group any more; look at the effect again.", "影响已有变化，请重新查看。"],
  ["Somebody else changed the draft; look at it again.", "其他同事刚改过这份草稿，请刷新后再看。"],
  ["* has been changed since the draft was begun. Take the change over.", "* 在您开始写草稿后已被更新，请打开草稿选择「以草稿为准」，或重新修改。"],
  ["There is no such draft.", "没有这份草稿。"],
  ["There is no such file.", "没有这个文件。"],
  ["* teaches that phrase already.", "* 里已经有这个问法。"],
  ["* has no block of phrases.", "* 里没有问法列表，不能添加。"],
  ["* is no file of the content.", "* 不是可以编辑的内容文件。请检查文件夹和文件名。"],
  ["* is not UTF-8; save it as UTF-8 first.", "* 的编码不对，请先另存为 UTF-8。"],
  ["The content cannot be loaded; mend what the check complains of.", "内容无法读取，请先按检查提示改好。"],
  ["A draft that is * cannot become *.", "草稿现在的状态不允许这样做，请刷新后再看。"],
  ["That commit changed no content.", "这次更新没有改动内容。"],
  ["Nothing has been published yet.", "还没有发布过。"],
  // Files.
  ["A file may have at most * MB; split it.", "文件不能超过 * MB，请拆成几份再上传。"],
  ["The file did not come within * s.", "上传太慢，* 秒内没有传完，请检查网络后再试。"],
  ["The file is empty.", "文件是空的。"],
  ["The file is no Excel workbook (.xlsx), or is damaged.", "不是 Excel 文件（.xlsx），或文件已损坏，请重新另存后再试。"],
  ["The workbook unpacks to more than * MB; split it.", "Excel 文件展开后超过 * MB，请拆成几份。"],
  ["The workbook has no sheet *; begin from an export.", "文件里没有「*」工作表，请在下载的文件上修改。"],
  ["The sheet * rows.", "工作表行数太多（* 行），请拆成几份。"],
  ["The table has more than * rows.", "表格超过 * 行，请拆成几份。"],
  ["The table has more than * questions; split it.", "表格超过 * 个问题，请拆成几份。"],
  ["The table has no questions.", "表格里没有问题。"],
  ["The table is neither UTF-8 nor GBK. Save it as UTF-8.", "表格的编码不对，请另存为 CSV UTF-8。"],
  ["The table is no CSV: *", "不是 CSV 表格：*"],
  ["The table is empty. *", "表格是空的。第一行请写列名，例如「问题」。"],
  ["No column of questions: *", "没有找到问题列，请把第一行的列名写成「问题」。"],
  ["No columns of questions and answers: *", "没有找到问题和答案两列，请把第一行的列名写成「问题」和「答案」。"],
  ["Row * characters; at most 2000.", "有一行的问题超过 2000 字，请缩短。"],
  ["Row *: * is no count.", "有一行的次数不是数字。"],
  ["That is not the table *: its first row differs.", "这不是 * 这张表：第一行不同。请在下载的文件上修改。"],
  ["Excel cannot hold a sign of *; take it out first.", "有一个单元格含有 Excel 不支持的字符，请先删去。"],
  ["Say which table the CSV file is.", "请选择 CSV 文件对应的表格。"],
  ["There is no such table.", "没有这张表。"],
  ["Too many tests wait; try again later.", "等待的测试太多，请稍后再试。"],
  ["There is no such test.", "没有这次测试，可能已被较新的测试替换。"],
  ["The file has no list *, as training files of Rasa have.", "文件里没有 * 列表，不是 Rasa 的训练文件。"],
  ["The file is no YAML: *", "不是正确的 YAML 文件：*"],
  ["The file is not UTF-8; save it as UTF-8 first.", "文件的编码不对，请先另存为 UTF-8。"],
];

/**
 * @param {{texts: Record<string, any>, language: "zh" | "en"}} app
 * @param {import("./api.js").Answer} answer
 */
export function refusalOf({ texts, language }, answer) {
  if (answer.status === 0) return texts.no_server;
  const known = refusalIn(DESK[language], answer);
  if (known) return known;
  if (language !== "zh") return answer.detail || texts.failed;
  for (const [english, chinese] of CHINESE) {
    const named = namedIn(english, answer.detail);
    if (named !== null) return chinese.replace("*", () => named);
  }
  return texts.failed;
}

function namedIn(pattern, words) {
  const parts = pattern.split("*");
  if (!words.startsWith(parts[0]) || !words.endsWith(parts.at(-1))) return null;
  return parts.length === 1 && words !== pattern ? null : words.slice(parts[0].length, words.length - parts.at(-1).length).replaceAll("`", "");
}
