"""Figures stand once, in the tables of values, and a text names them by placeholders."""

import re
from collections.abc import Iterator
from typing import Final

from servicebot.content.content import Content
from servicebot.content.near_name import nearest
from servicebot.content.place import BODY
from servicebot.content.rules.finding import PLACEHOLDER, Finding, find
from servicebot.content.rules.texts import Text, article_texts, phrases, reply_texts
from servicebot.domain.understanding import Language

_BRACES: Final = re.compile(r"[{}｛｝]+[^{}｛｝\n]{0,60}?[{}｛｝]+|[{}｛｝]")
_BARE: Final = re.compile(r"(?<![\w.])[$<(\[［【（]?\s*values?\s*[.．。]\s?[A-Za-z]+[_\-][\w\-]*")
_NAME: Final = re.compile(r"(?:values?\s*[.．。:：]\s*)?([A-Za-z][A-Za-z0-9_\- ]*)")
_UNITS: Final = (
    r"%|％|‰|倍|个?百分点|percent(?:age points?)?\b|per\s?cent\b|pct\b"
    r"|万?(?:元|块|圆|角)|万|亿|yuan\b|CNY\b|RMB\b|dollars?\b"
    r"|个?(?:工作日|自然日|小时|钟头|月(?!\d|份|底|初|末)|星期|礼拜)|天|日(?!历)|号(?![码线楼牌店])|分钟|秒|年(?!\d)|周"
    r"|(?:working |business |calendar )?days?\b|hours?\b|minutes?\b|seconds?\b|weeks?\b|months?\b"
    r"|years?\b"
)
_DIGITS: Final = r"\d+(?:[,，.．]\d+)*"
FIGURE: Final = re.compile(
    rf"{_DIGITS}\s*[-–~～到至]?\s*(?:{_DIGITS}\s*)?-?(?:{_UNITS})"
    rf"|(?<!\d)(?:[01]?\d|2[0-4])[:：][0-5]\d(?!\d)|(?:CNY|RMB|USD|¥|￥|\$)\s?{_DIGITS}|\d+(?:\.\d+)?\s?[成折](?![功为立交员])",
    re.IGNORECASE,
)
_ZH_DIGITS: Final = "零〇一二两三四五六七八九十百千"
_ZH_MORE: Final = rf"[{_ZH_DIGITS}]*(?:点[{_ZH_DIGITS}]+)?"
# One day, half a year and a few months are no figures; the second day is none either.
_IN_CHINESE: Final = re.compile(
    rf"[百千万]分之[{_ZH_DIGITS}\d.]+"
    rf"|(?<![第初十])[{_ZH_DIGITS}]+(?:点[{_ZH_DIGITS}]+)?个(?:百分)?点"
    rf"|(?<![第{_ZH_DIGITS}])[一二两三四五六七八九]成(?![功为立交员本长果熟都人年品绩套])"
    rf"|[一二两三四五六七八九][点{_ZH_DIGITS}]*折(?![磨腾算叠回旧扣返中])"
    rf"|(?<!第)[{_ZH_DIGITS}]+(?:点[{_ZH_DIGITS}]+)?(?:[万亿]?(?:多|来)?(?:元|块(?!儿)|圆)|倍)"
    rf"|[一二三四五六七八九十]+号(?![码线楼牌店])|半个?(?:月|年|小时|钟头)"
    rf"|(?<!第)[二两三四五六七八九十百]{_ZH_MORE}万(?![一分能事物])|(?<![万{_ZH_DIGITS}])一万(?!一)"
    rf"|(?<![第一{_ZH_DIGITS}])(?:[二两三四五六七八九]|[一二三四五六七八九]?[十百千]){_ZH_MORE}"
    r"个?(?:工作日|自然日|天|小时|钟头|分钟|秒|月(?![份底初末])|年|周(?![一二三四五六日末])|星期(?![一二三四五六日]))"
)
_SMALL: Final = (
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|hundred|thousand|million|dozen"
)
_TENS: Final = rf"(?:{_SMALL}|one|and|a|point|half|quarter)"
_IN_ENGLISH: Final = re.compile(
    rf"\b(?:(?:one|half an?|a|{_SMALL})(?:[\s-]+{_TENS})*[\s-]+(?:percent|per\s?cent|yuan|CNY|RMB|dollars?)\b"
    r"|half an? (?:hour|day|week|month|year)|one and a half times"
    rf"|(?:{_SMALL})(?:[\s-]+{_TENS})*[\s-]+"
    r"(?:(?:working|business|calendar)[\s-]+)?(?:days?|hours?|minutes?|seconds?|weeks?|months?|years?)\b)",
    re.IGNORECASE,
)
_IN_WORDS: Final = {Language.ZH: _IN_CHINESE, Language.EN: _IN_ENGLISH}


def placeholders_whole(content: Content) -> Iterator[Finding]:
    """Each placeholder is written `{{ value.name }}`, in an answer, and names a figure."""
    for text in article_texts(content):
        is_answer = text.key == BODY
        yield from _broken(content, text, fits_here=is_answer)
        if is_answer:
            yield from _unknown(content, text, only_values=True)
    for text in reply_texts(content):
        yield from _broken(content, text, fits_here=True)
        yield from _unknown(content, text, only_values=False)
    for one in phrases(content):
        if found := _BRACES.search(one.words):
            yield find(one.path, "placeholder-here", one.place, found=found.group())


def figures_in_table(content: Content) -> Iterator[Finding]:
    """Rates, amounts and times live once, in the tables, so that articles cannot disagree."""
    for text in article_texts(content):
        plain = PLACEHOLDER.sub(_blank, text.words)
        if found := FIGURE.search(plain):
            yield find(text.path, "figure-in-text", text.at(found.group()), found=found.group())
        # A title is the question as customers put it, and may name a sum in words.
        found = _IN_WORDS[text.language].search(plain) if text.key == BODY else None
        if found is not None:
            yield find(text.path, "figure-in-words", text.at(found.group()), found=found.group())


def figures_of_line(content: Content) -> Iterator[Finding]:
    """An article about one product names no figure of another."""
    for text in article_texts(content, titles=False):
        line = text.owner.partition("/")[0]
        for name in PLACEHOLDER.findall(text.words):
            figure = name.removeprefix("value.")
            other = next((p for p in content.products if figure.startswith(f"{p}_")), line)
            if other != line and line in content.product_lines and other in content.product_lines:
                args = {"figure": name, "other": other, "line": line}
                yield find(text.path, "other-line-figure", text.at(name), **args)


def _broken(content: Content, text: Text, *, fits_here: bool) -> Iterator[Finding]:
    plain = PLACEHOLDER.sub(_blank, text.words) if fits_here else text.words
    place = _BRACES.search(plain) or _BARE.search(plain)
    if place is None:
        return
    found = text.words[place.start() : place.end()].strip()
    if not fits_here:
        yield find(text.path, "placeholder-here", text.at(found), found=found)
        return
    name = _NAME.search(found)
    wanted = name[1].strip().replace(" ", "_") if name else ""
    near = nearest(wanted, content.values) if wanted else ""
    right = f"{{{{ value.{near} }}}}" if near else ""
    if not near and wanted and text.key != BODY:  # a field of a reply, which the bank fills
        right = f"{{{{ {wanted} }}}}"
    yield find(text.path, "bad-placeholder", text.at(found), found=found, right=right)


def _unknown(content: Content, text: Text, *, only_values: bool) -> Iterator[Finding]:
    """Placeholders of no figure; a reply has other fields too, which the bank fills."""
    for name in PLACEHOLDER.findall(text.words):
        figure = name.removeprefix("value.")
        if figure == name and not only_values:
            continue
        if figure == name or figure not in content.values:
            near = nearest(figure, content.values)
            yield find(text.path, "unknown-figure", text.at(name), name=name, near=near)


def _blank(found: re.Match[str]) -> str:
    """As many signs as the placeholder has, so that what stands around it does not join."""
    return "\0" * len(found.group())
