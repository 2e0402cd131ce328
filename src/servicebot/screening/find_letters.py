"""Numbers with letters in them: mail, passports, codes of companies."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from servicebot.screening.check_digits import has_iban_check, is_company, is_province
from servicebot.screening.digit_runs import is_order
from servicebot.screening.reading import Reading
from servicebot.screening.spans import Kind, Span
from servicebot.screening.words import load_words

_PARTED: Final = r"[ .\-·]{0,2}+"
_COMPANY = re.compile(
    rf"(?<![a-z0-9])[159y]{_PARTED}[1239](?:{_PARTED}[0-9a-hj-npqrtuwxy]){{16}}(?![a-z0-9])"
)
_PASSPORT = re.compile(
    rf"(?<![a-z0-9])(?:e{_PARTED}[a-hj-np-z]{_PARTED}\d|[egdpshkmc]{_PARTED}\d{_PARTED}\d)"
    rf"(?:{_PARTED}\d){{6}}(?![a-z0-9])"
)
_IBAN = re.compile(
    r"(?<![a-z0-9])[a-z]{2}\d{2}(?:[ \-]?[a-z0-9]{4}){2,7}(?:[ \-]?[a-z0-9]{1,3}(?![a-z0-9]))?"
)
_PART = re.compile(r"[a-z0-9]+")
_NOT_ALNUM = re.compile(r"[^a-z0-9]")
_HAN_NAME = re.compile(
    r"[\u3400-\u9fff]{1,4}@(?:[\u3400-\u9fff]{1,20}+\.[\u3400-\u9fff]{2,4}"
    r"|(?:[a-z0-9\-]{1,40}+\.)+[a-z]{2,24})"
)
_BEFORE: Final = 12


def find_letters(reading: Reading) -> Iterator[Span]:
    """The mail addresses, passports and company codes of a text."""
    yield from find_mail(reading)
    yield from _ibans(reading)
    text = reading.text
    for found in _COMPANY.finditer(text):
        code = _NOT_ALNUM.sub("", found.group())
        if _names_company(text, found.start()) or _looks_like_company(code):
            yield Span(Kind.COMPANY, *reading.place(found.start(), found.end()), code)
    for found in _PASSPORT.finditer(text):
        if not is_order(text, found.start()):
            number = _NOT_ALNUM.sub("", found.group())
            yield Span(Kind.PASSPORT, *reading.place(found.start(), found.end()), number)


def _ibans(reading: Reading) -> Iterator[Span]:
    """International account numbers; a word behind one is read along at first."""
    text, lengths = reading.text, load_words().tables["iban_lengths"]
    for found in _IBAN.finditer(text):
        ends = (end.end() + found.start() for end in _PART.finditer(found.group()))
        for end in reversed([*ends]):
            code = _NOT_ALNUM.sub("", text[found.start() : end])
            if str(len(code)) == lengths.get(code[:2]) and has_iban_check(code):
                yield Span(Kind.NUMBER, *reading.place(found.start(), end), code)
                break


def find_mail(reading: Reading) -> Iterator[Span]:
    """The mail addresses of a text, `name (at) host` too."""
    text = reading.text
    if "@" not in text and not _at_words().search(text) and not _parted_at().search(text):
        return
    for pattern in (_mail(), _spoken_mail(), _HAN_NAME):
        for found in pattern.finditer(text):
            yield Span(Kind.MAIL, *reading.place(found.start(), found.end()), found.group())


def _looks_like_company(code: str) -> bool:
    has_letter = not code.isdigit()
    return is_company(code) or (has_letter and code[2:8].isdigit() and is_province(code[2:8]))


def _names_company(text: str, start: int) -> bool:
    return _company_words().search(text, max(0, start - _BEFORE), start) is not None


@lru_cache(maxsize=1)
def _company_words() -> re.Pattern[str]:
    return re.compile(load_words().any_of("company_words"))


@lru_cache(maxsize=1)
def _at_words() -> re.Pattern[str]:
    words = load_words()
    bare = "|".join(words.split("at_words")[1])
    return re.compile(rf"[\[(<#{{]\s?{words.any_of('at_words')}\s?[\])>#}}]|{bare}")


@lru_cache(maxsize=1)
def _parted_at() -> re.Pattern[str]:
    """`name at host`."""
    return re.compile(rf"(?<=\s)(?:{'|'.join(load_words().split('at_words')[0])})\s")


@lru_cache(maxsize=1)
def _spoken_mail() -> re.Pattern[str]:
    """`name at host dot com`, whatever of it is a sign; or a known host of mail."""
    latin, han = load_words().split("dot_words")
    dots = "|".join(latin + han)
    dot = rf"\s?(?:[\[(<#{{]\s?(?:{dots}|\.)\s?[\])>#}}]|{'|'.join(han)}|\s(?:{'|'.join(latin)})\s)\s?"
    at = rf"\s?(?:@|{_at_words().pattern}|{_parted_at().pattern})\s?"
    hosts = "|".join(map(re.escape, load_words().lists["mail_hosts"]))
    local = rf"(?<![a-z0-9.%+\-_])[a-z0-9](?:[a-z0-9._%+\-]|{dot}(?=[a-z0-9])){{0,39}}?"
    host = rf"[a-z0-9\-]{{1,30}}+(?:(?:{dot}|\.)[a-z0-9\-]{{1,30}}+){{0,3}}{dot}[a-z]{{2,10}}"
    return re.compile(rf"{local}{at}(?:{host}|(?:{hosts}))(?![a-z0-9])")


@lru_cache(maxsize=1)
def _mail() -> re.Pattern[str]:
    sign = r"[^\W\u2e80-\u9fff]"
    local = rf"(?<![a-z0-9.%+\-_])(?:{sign}|[.%+\-])++"
    at = rf"\s?(?:@|{_at_words().pattern})\s?"
    latin = rf"(?:(?:{sign}|-)++\s?[.。]\s?)+(?:[a-z]{{2,24}}|{'|'.join(load_words().lists['mail_suffixes'])})"
    return re.compile(rf"{local}{at}(?:{latin}|[\u2e80-\u9fff]{{1,20}}+\.[\u2e80-\u9fff]{{2,4}})")
