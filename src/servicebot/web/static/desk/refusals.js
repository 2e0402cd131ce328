/** Why the server refused, in the language of the page; by the code of `web/desk_refusals.py`. */
export const REFUSALS = {
  zh: {
    sign_in_first: "请先登录。",
    wrong_sign_in: "姓名、密码或动态码不对。",
    no_second_factor: "本工作台登录需要动态码，您的账号还没有设置，请联系管理员。",
    locked: "尝试次数过多，请过几分钟再试。",
    busy: "同时登录的人太多，请稍候再试。",
    not_allowed: "您的角色没有这项权限。",
    not_held: "这个会话不在您手上。",
    no_ticket: "没有这个会话。",
    back_in_queue: "您已不持有这个会话，它已回到排队。",
    taken: "已被其他客服接入。",
    handed_back: "已交还机器人。",
    closed: "会话已结束。",
    left: "客户已离开排队。",
    elsewhere: "客户已在新会话中联系。",
    slow: "会话正忙，请稍候再试。",
    not_on_list: (named) => `没有发送：${named} 不在银行的链接和号码名单里。`,
    lure: (named) => `没有发送：“${named}”像是让客户离开银行的渠道，或索要密码、验证码、证件等。请换个说法。`,
    agent_absent: "这位客服现在不在岗。",
    bank_sign_in_failed: "行内账号登录没有成功，请再试一次。",
    no_role: "您的行内账号没有客服工作台的权限。",
  },
  en: {
    sign_in_first: "Please sign in first.",
    wrong_sign_in: "Name, password or code are wrong.",
    no_second_factor: "This desk asks for one-time codes and your account has none. Ask an administrator.",
    locked: "Too many tries. Please wait a few minutes.",
    busy: "Too many people sign in at once. Try again in a moment.",
    not_allowed: "Your role does not allow this.",
    not_held: "You do not hold this conversation.",
    no_ticket: "There is no such conversation.",
    back_in_queue: "You no longer hold this conversation; it is back in the queue.",
    taken: "Somebody else has taken it.",
    handed_back: "It was handed back to the bot.",
    closed: "It is closed.",
    left: "The customer has left the queue.",
    elsewhere: "The customer now writes in another chat.",
    slow: "The conversation is busy. Try again in a moment.",
    not_on_list: (named) => `Not sent: ${named} is not on the bank's list of links and numbers.`,
    lure: (named) => `Not sent: “${named}” reads as if the customer were led out of the bank, or asked for a secret. Please say it in other words.`,
    agent_absent: "This agent does not serve now.",
    bank_sign_in_failed: "Signing in with the bank's account did not succeed. Try again.",
    no_role: "Your bank account has no role at this desk.",
  },
};

/**
 * @param {{refusals: Record<string, string | ((named: string) => string)>}} texts
 * @param {{reason?: string, named?: string}} answer
 * @returns {string} empty where the page has no words for it
 */
export function refusalIn(texts, { reason = "", named = "" }) {
  const words = texts.refusals[reason] ?? "";
  return typeof words === "function" ? words(named) : words;
}
