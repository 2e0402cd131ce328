"""The pages' HTML: in one language with a way to the other, no scripts, large touch targets."""

from dataclasses import dataclass
from html import escape
from typing import Final

from servicebot.sandbox_bank.clock import BANK_ZONE
from servicebot.sandbox_bank.links import LinkView
from servicebot.sandbox_bank.one_time_pages import Visit
from servicebot.sandbox_bank.page_language import PageLanguage, Pair
from servicebot.sandbox_bank.products import OPERATION_NAMES, PRODUCT_NAMES
from servicebot.sandbox_bank.step_ups import StepUpView

STYLESHEET: Final = """
:root { color-scheme: light dark; }
body { font: 1.125rem/1.6 system-ui, sans-serif; margin: 0 auto; max-width: 34rem; padding: 1rem; }
.other { text-align: end; }
.other a { display: inline-block; padding: .75rem; color: inherit; }
.sample { border: 2px solid #b45309; border-radius: .5rem; padding: .5rem .75rem; }
.alert { border: 2px solid #b91c1c; border-radius: .5rem; padding: .5rem .75rem; font-weight: 600; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; }
dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.amount { font-size: 1.6rem; }
label, legend { font-weight: 600; }
fieldset { border: 1px solid #888; border-radius: .5rem; margin: 1rem 0; }
.choice { display: flex; gap: .75rem; align-items: flex-start; padding: .6rem 0; font-weight: 400; }
.choice input { width: 1.4rem; height: 1.4rem; flex: none; margin-top: .2rem; }
.pin { display: block; width: 100%; box-sizing: border-box; font-size: 1.5rem; padding: .5rem;
  letter-spacing: .3em; margin: .25rem 0 1rem; }
button { display: block; width: 100%; min-height: 3.25rem; font-size: 1.15rem; margin: .75rem 0;
  border-radius: .5rem; border: 2px solid #1d4ed8; cursor: pointer;
  font-family: inherit; }
.yes { background: #1d4ed8; color: #fff; font-weight: 700; }
.no { background: transparent; color: inherit; }
:focus-visible { outline: 3px solid #f59e0b; outline-offset: 2px; }
"""

OUTCOMES: Final = {
    Visit.DONE: (
        "已完成,可以回到聊天窗口继续。",
        "Done. You may go back to the chat.",
    ),
    Visit.DECLINED: (
        "已拒绝,没有任何操作。可以回到聊天窗口继续。",
        "Declined. Nothing was done. You may go back to the chat.",
    ),
    Visit.SPENT: (
        "此链接已使用、已过期或输错次数过多。请回到聊天窗口重新获取。",
        "This link was used, has expired or had too many wrong PINs. Ask for a new one in the chat.",
    ),
    Visit.LOCKED: (
        "输错次数过多,请 30 分钟后再试。",
        "Too many wrong tries. Please try again in 30 minutes.",
    ),
    Visit.UNKNOWN: (
        "没有这个页面。请使用聊天窗口里的链接。",
        "There is no such page. Use the link from the chat.",
    ),
}
WRONG: Final = {
    Visit.WRONG_PIN: ("密码不正确,请重试。", "The PIN is wrong. Please try again."),
    Visit.WRONG_CODE: (
        "数字与聊天里显示的不一致。请核对是不是您本人的聊天。",
        "These are not the digits shown in the chat. Is it your own chat?",
    ),
}
NOT_YOURS: Final = (
    "如果不是您本人正在聊天,请关闭本页,不要输入:有人可能想看您的账户。",
    "If this is not your own chat, close this page and enter nothing: somebody may be after your accounts.",
)
CHANNEL_NAMES: Final = {
    "web": ("本行网页聊天", "the bank's web chat"),
    "wechat": ("微信公众号", "WeChat"),
}
LINK_TITLE: Final = ("确认您的身份", "Confirm who you are")
STEP_UP_TITLE: Final = ("请核对并确认", "Check and confirm")
OUTCOME_TITLE: Final = ("沙箱银行", "Sandbox bank")
WILL_SEE: Final = (
    "您将让下面这个聊天查询和办理您的账户业务：",
    "This chat will see and use your accounts:",
)
SAMPLE_CUSTOMER: Final = ("示例客户", "Sample customer")
LINK: Final = ("绑定", "Link")
APPROVE: Final = ("同意", "Approve")
DECLINE: Final = ("拒绝", "Decline")
DECLINE_IF: Final = ("如果不是您本人发起,请点拒绝。", "If you did not ask for this, decline.")
CODE: Final = ("聊天里显示的两位数字", "The two digits shown in the chat")
PIN: Final = ("六位密码", "Six-digit PIN")
SAMPLE: Final = (
    "沙箱示例:这里没有真实的银行、客户或资金。",
    "Sandbox sample: no real bank, customer or money.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleChoice:
    """A sample customer as the link page offers them."""

    customer_id: str
    name: str
    shows: str


def yuan(amount_fen: int) -> str:
    """Write an amount in fen as yuan, exactly."""
    whole, fen = divmod(amount_fen, 100)
    return f"¥{whole:,}.{fen:02d}"


def link_form(
    language: PageLanguage,
    samples: tuple[SampleChoice, ...],
    view: LinkView,
    wrong: Visit | None,
) -> str:
    """Return the page on which a customer says who they are."""
    say = language.say
    choices = "".join(
        f'<label class="choice"><input type="radio" name="customer" required'
        f' value="{escape(sample.customer_id)}"><span lang="zh-CN">{escape(sample.name)}<br>'
        f"<small>{escape(sample.shows)}</small></span></label>"
        for sample in samples
    )
    return _document(
        language,
        LINK_TITLE,
        f"{_alert(language, wrong)}<p>{say(WILL_SEE)}</p>{_chat(language, view)}"
        f'<p>{say(NOT_YOURS)}</p><form method="post" autocomplete="off">'
        f"{_code_field(language, wrong)}<fieldset><legend>{say(SAMPLE_CUSTOMER)}</legend>"
        f"{choices}</fieldset>{_pin_field(language, wrong)}"
        f'<button class="yes" type="submit">{say(LINK)}</button></form>',
    )


def step_up_form(language: PageLanguage, view: StepUpView, wrong: Visit | None) -> str:
    """Return the page that shows an operation and asks for a decision."""
    say = language.say
    rows = [(("操作", "Operation"), say(OPERATION_NAMES[view.operation]))]
    if view.product:
        amount = f'<span class="amount">{yuan(view.amount_fen)}</span>'
        rows.append((("金额", "Amount"), amount))
        rows.append((("贷款", "Loan"), say(PRODUCT_NAMES[view.product])))
        rows.append((("放款日期", "Opened on"), escape(view.opened_on)))
    else:
        rows.append((("卡号", "Card"), f"**** {escape(view.card_tail)}"))
    rows.append((("账户尾号", "Account ending in"), escape(view.account_tail)))
    return _document(
        language,
        STEP_UP_TITLE,
        f"{_alert(language, wrong)}{_terms(language, rows)}"
        f'<form method="post" autocomplete="off">{_pin_field(language, wrong)}'
        f'<button class="yes" name="decision" value="approve">{say(APPROVE)}</button>'
        f'<button class="no" name="decision" value="decline">{say(DECLINE)}</button></form>'
        f"<p>{say(DECLINE_IF)}</p>",
    )


def outcome_page(language: PageLanguage, visit: Visit) -> str:
    """Return the page that says how a visit ended."""
    body = f'<p role="status">{language.say(OUTCOMES[visit])}</p>'
    return _document(language, OUTCOME_TITLE, body)


def _chat(language: PageLanguage, view: LinkView) -> str:
    channel = CHANNEL_NAMES.get(view.channel, (view.channel, view.channel))
    asked = view.asked_at.astimezone(BANK_ZONE)
    rows = [
        (("渠道", "Channel"), language.say(channel)),
        (("聊天账号尾号", "Chat account ending in"), _no_word(view.account_tail)),
        (("发起时间", "Asked for at"), f"{asked:%Y-%m-%d %H:%M}"),
    ]
    return _terms(language, rows)


def _no_word(text: str) -> str:
    """Text that belongs to no language: a browser that translates leaves it as it is."""
    return f'<span translate="no">{escape(text)}</span>'


def _terms(language: PageLanguage, rows: list[tuple[Pair, str]]) -> str:
    pairs = (f"<dt>{language.say(label)}</dt><dd>{value}</dd>" for label, value in rows)
    return f"<dl>{''.join(pairs)}</dl>"


def _alert(language: PageLanguage, wrong: Visit | None) -> str:
    if wrong is None:
        return ""
    return f'<p class="alert" role="alert" id="wrong">{language.say(WRONG[wrong])}</p>'


def _code_field(language: PageLanguage, wrong: Visit | None) -> str:
    described = _described(wrong is Visit.WRONG_CODE)
    return (
        f'<label for="code">{language.say(CODE)}</label>'
        f'<input class="pin" id="code" name="code" inputmode="numeric" pattern="[0-9]{{2}}"'
        f' maxlength="2" autocomplete="off" required{described}>'
    )


def _described(is_wrong: bool) -> str:  # noqa: FBT001  an attribute is there or not
    return ' aria-invalid="true" aria-describedby="wrong"' if is_wrong else ""


def _pin_field(language: PageLanguage, wrong: Visit | None) -> str:
    described = _described(wrong is Visit.WRONG_PIN)
    return (
        f'<label for="pin">{language.say(PIN)}</label>'
        f'<input class="pin" id="pin" name="pin" type="password" inputmode="numeric"'
        f' pattern="[0-9]{{6}}" maxlength="6" autocomplete="off" required{described}>'
    )


def _document(language: PageLanguage, title: Pair, body: str) -> str:
    other = language.other
    return (
        f'<!doctype html><html lang="{language.tag}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{language.say(title)}</title>"
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="/pages.css"></head><body><main>'
        f'<p class="other"><a href="?lang={other.value}" lang="{other.tag}"'
        f' hreflang="{other.tag}">{other.name_of_itself}</a></p>'
        f'<p class="sample">{language.say(SAMPLE)}</p><h1>{language.say(title)}</h1>{body}'
        "</main></body></html>"
    )
