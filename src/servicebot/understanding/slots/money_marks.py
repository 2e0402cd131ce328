"""The words around a number that say whether it is money: verbs, codes, guesses."""

import re
from typing import Final

# How far back a word may stand that says what a number is.
REACH: Final = 28

_HAN_VERB: Final = "(?:借|还|转|取|存|(?<![粒业车路装富款力利立信房])贷|付|扣|提|充|欠|交|缴|汇|投|赎|买|花|赔|补|本金|额度|金额|转账|充值)"
_HAN_OBJECT: Final = (
    "(?:(?:微.贷|[\u4e00-\u9fff]{1,2}贷|贷款|借款|欠款|信用卡|这笔|那笔|上笔|上一笔|最后一笔|其中)的?"
    r"|第[一二三四五六七八九十\d]{1,3}[笔个张]的?)"
)
_VERB: Final = (
    r"(?<![a-z])(?:(?:re)?pay(?:s|ing|ments? of)?|(?:re)?paid|borrow(?:ing|ed)?|transfer(?:red|ring)?"
    r"|withdr[ae]w(?:ing|n)?|deposit(?:ed|ing)?|send|sent|owed?|amount(?: of)?|need|want|draw|take|charged?"
    r"|debited|len[dt]|spen[dt])(?![a-z])"
)
_OBJECT: Final = r"(?: (?:my|the|this|that|first|second|third|last|cash|car|personal|business|weilidai|loan|draw))"
_SPEND: Final = re.compile(
    rf"(?:{_HAN_VERB}(?:了|我|款|出|入|给你们?|给?他|给?她|给我|掉|个|上|进|够|清|是|为|:|的|{_HAN_OBJECT})"
    r"{0,3}(?<!还是)"
    rf"|{_VERB}(?: me| you| him| her| them| back| off| out| in| is|:| exactly| just| only|{_OBJECT}){{0,4}}"
    r") ?(?:[¥￥] ?)?$"
)
_CODE: Final = re.compile(
    r"(?:第|#|尾号|[卡号]尾|[前后末][四五六八46]位|日期?(?=[是为])|(?<![\u4e00-\u9fff])打|[拨我要]打|合同|订单|工单|编码|代码|错误码?|验证码|口令|密码|电话|手机|座机|热线|邮编|版本|身份证|余|年|月|分之"
    r"|(?<![一二三四五六七八九十\d])(?<!\d )号码?|编号|\d:|(?<!\d)\d{1,2}/|(?<![a-z\d])[a-z]{1,3}[-_]"
    r"|(?<![a-z])(?:no\.?|nr\.?|number|num|code|id|ref(?:erence)?\.?|error|step|option|level|version"
    r"|age|(?<!credit )line|contract|order|invoice|ticket|case|policy|receipt|phone|tel|call|hotline|year|page"
    r"|password|otp|pin))"
    r"(?: ?(?:是|为|叫|:|=|#|is|was))* ?$"
)
_MONTH_NAME: Final = re.compile(
    r"(?<![a-z])(?:jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec)(?:[a-z]{0,7})\.? $"
)
_GUESS: Final = (
    "大概|大约|大致|约莫|差不多|估摸|估计|也许|可能|将近|接近|(?<![最附])近|(?<!预)约|不到|超过|最多|至多|顶多"
    "|最少|至少|起码|不低于|不少于|不多于|不高于|少于|多于|低于|高于"
    r"|(?<!how )(?<!what )(?<![a-z])about|(?<![a-z])(?:roughly|around|approximately|approx\.?|circa|nearly"
    r"|almost|close to|at most|at least|up to|no more than|not more than|less than|more than|under|over"
    r"|maybe|perhaps|probably|more or less|some|max(?:imum)?|min(?:imum)?)"
)
_ABOUT_BEFORE: Final = re.compile(
    rf"(?:{_GUESS})(?:先|能|可以|就|要|想|只)?(?:{_HAN_VERB}款?|(?:re)?pay)?(?:了|个|上|出|是|有)? ?[¥￥]?$"
)
_ABOUT_BEHIND: Final = re.compile(
    r" ?(?:不到|好几|多(?![少久长大谢])|几(?![个天年月次号期])|左右|上下|出头|开外|以上|以下|以内|之内|往上|朝上|起步|上下浮动"
    r"|or so(?![a-z])|-?ish(?![a-z])|\+|plus(?![a-z])|or thereabouts|give or take|at most|at least|max(?![a-z])"
    r"|minimum|maximum|tops(?![a-z])|(?:more )?or (?:more|less)(?![a-z]))"
)
_INSTALMENTS_BEHIND: Final = re.compile(
    r",? ?(?:分(?:成)?)? ?(?:\d{1,3}|[一二两三四五六七八九十廿卅]{1,3})期"
    r"| (?:over|in|for|by) (?:\d{1,3}|[a-z]{3,9}) (?:monthly |equal )?(?:instal|months)"
)
_WHICH_BEHIND: Final = re.compile(r" ?的?[那这][笔个次张条家]| one(?= ?(?:$|[.,!?]|please|is|was))")
_CHANGED_FROM: Final = re.compile(
    r"(?<![a-z])(?:chang|switch|rais|increase|increasing|lower|reduc|mov|correct)[a-z]* [^.,]{0,16}from $"
)


def is_spent(before: str) -> bool:
    """Whether a verb of money stands directly before: 还, 提前还款, 还第一笔, `repay my loan`."""
    return _SPEND.search(before) is not None


def is_code(before: str, spelled: str) -> bool:
    """Whether the number is a number of something: 合同号, 编号, `no.`, `id`, 2月, `feb`."""
    short = len(spelled) <= len("31")
    dated = short and (before.endswith("/") or _MONTH_NAME.search(before) is not None)
    return dated or _CODE.search(before) is not None


def is_guessed(before: str, text: str, end: int) -> bool:
    """Whether the figure is said to be near or a bound: 大概500, 500左右, `at most 500`, 500+."""
    return _ABOUT_BEFORE.search(before) is not None or _ABOUT_BEHIND.match(text, end) is not None


def has_instalments(text: str, end: int) -> bool:
    """Whether a number of instalments follows directly: 5000分20期, `5000 over 20 months`."""
    return _INSTALMENTS_BEHIND.match(text, end) is not None


def tells_which(text: str, end: int) -> bool:
    """Whether the figure only tells which thing is meant: 还清5000那笔, `the 5000 one`."""
    return _WHICH_BEHIND.match(text, end) is not None


def is_changed(before: str) -> bool:
    """Whether the figure is the old one of a change: `change it from` 500 to 800, no range."""
    return _CHANGED_FROM.search(before) is not None
