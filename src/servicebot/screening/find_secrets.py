"""One-time codes, PINs and passwords, before or behind the word for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from servicebot.screening.digit_runs import is_money_before
from servicebot.screening.words import Words, alternatives, load_words

_BEFORE: Final = 18
_FEWEST: Final = 4
_MOST: Final = 12
_DIGITS = re.compile(r"\d(?:[ .\-]{0,2}+\d)*+(?![a-z])")
_DIGITS_BACK = re.compile(r"\d(?:[ .\-]{0,2}+\d)*+")
_WORD = re.compile(r"[!-~]{3,40}")
_WORD_END: Final = ".,;:!?)\"']}"
_MARKS: Final = r"[\s:;,.。\-=>\"'“”‘’「」『』【】\[\]()《》<>→⇒➜]"
_STRONG_MARKS: Final = frozenset(":=>\"'“「【→⇒➜")
_ENDS = re.compile(r"\s*(?:$|[\n,.。;:!?、)）】」”\"'])")
_ASCII = re.compile(r"[!-~]+")
_NEAR: Final = 120  # characters that fillers may take
_LETTERS_BACK = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class _Patterns:
    word: re.Pattern[str]
    codes: frozenset[str]
    short: re.Pattern[str]
    password: re.Pattern[str]
    no_code: re.Pattern[str]
    filler: re.Pattern[str]
    filler_back: re.Pattern[str]
    copula: re.Pattern[str]
    copula_end: re.Pattern[str]
    asked: re.Pattern[str]
    unit: re.Pattern[str]
    tail: re.Pattern[str]
    no_passwords: frozenset[str]
    other_codes: tuple[str, ...]
    said_ends: tuple[str, ...]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = load_words()
    between = words.lists["copulas"] + words.lists["fillers"]
    back = alternatives(tuple(word[::-1] for word in between))
    copula = words.any_of("copulas")
    word = words.any_of("codes", "card_codes", "passwords")
    return _Patterns(
        word=re.compile(rf"(?:(?P<last>{word}|{_letter_by_letter(words)})\s?)++"),
        codes=frozenset(words.lists["codes"]),
        short=re.compile(words.any_of("card_codes")),
        password=re.compile(words.any_of("passwords")),
        no_code=re.compile(words.any_of("no_codes") + r"[\s:]*$"),
        filler=re.compile(rf"(?:{_MARKS}|{alternatives(between)}){{0,24}}+"),
        filler_back=re.compile(rf"(?:[\s,。\-\"'“”「」【】()]|{back}){{0,24}}+"),
        copula=re.compile(copula),
        copula_end=re.compile(rf"{copula}\s?$"),
        asked=re.compile(words.any_of("asked")),
        unit=re.compile(rf"\s?{_units(words.lists['units'])}"),
        tail=re.compile(words.any_of("tails") + rf"\s?(?:{words.any_of('tail_fillers')})?\s?$"),
        no_passwords=frozenset(words.lists["no_passwords"]),
        other_codes=words.lists["other_codes"],
        said_ends=words.lists["said_ends"],
    )


def _letter_by_letter(words: Words) -> str:
    """`p.i.n.`, `O T P`, `密 码`, `验证 码`: a pattern of words with something between their signs."""
    latin = "|".join(r"[ .]".join(word) for word in words.lists["spelled_words"])
    gap, parted = r"[ .·\-]", []
    for word in words.lists["parted_words"]:
        for place in range(1, len(word)):
            front, back = (f"{gap}?".join(part) for part in (word[:place], word[place:]))
            parted.append(f"{front}{gap}{back}")
    return rf"(?<![a-z.])(?:{latin})(?![a-z])\.?|{'|'.join(parted)}"


def _units(units: tuple[str, ...]) -> str:
    return "(?:" + "|".join(re.escape(unit) for unit in units) + ")"


class _Near:
    """Whether signs of a value stand near a word; asked from left to right."""

    def __init__(self, text: str) -> None:
        self._places = [found.span() for found in _ASCII.finditer(text)]
        self._at = 0

    def has_value(self, start: int, end: int) -> bool:
        """Whether one stands beside a word, with no more between than fillers may be."""
        while self._at < len(self._places) and self._places[self._at][1] < start - _NEAR:
            self._at += 1
        around = self._places[self._at : self._at + 5]
        return any(
            first < end + _NEAR and not (start <= first and last <= end) for first, last in around
        )


def find_secrets(text: str) -> Iterator[tuple[int, int]]:
    """Where the codes and passwords of a folded text stand."""
    patterns = _patterns()
    turned = ""
    near = _Near(text)
    for word in patterns.word.finditer(text):
        if not near.has_value(word.start(), word.end()):
            continue
        before = text[max(0, word.start() - _BEFORE) : word.start()]
        is_other = any(one in word["last"] for one in patterns.other_codes)
        if is_other and patterns.no_code.search(before):
            continue
        place = _behind(text, word)
        if place is None:
            turned = turned or text[::-1]
            place = _before(text, turned, word)
        if place is not None:
            yield place


def _behind(text: str, word: re.Match[str]) -> tuple[int, int] | None:
    patterns = _patterns()
    filler = patterns.filler.match(text, word.end())
    between = filler.group() if filler else ""
    start = word.end() + len(between)
    is_strong = bool(between and patterns.copula.search(between)) or not _STRONG_MARKS.isdisjoint(
        between
    )
    is_weak = not is_strong and any(mark in between for mark in ",.。;")
    if found := _DIGITS.match(text, start):
        token = _WORD.match(text, start)
        is_word = token is not None and any(one.isalpha() for one in token.group())
        if not is_word and _is_code(text, found, word):
            ends = _ENDS.match(text, found.end()) is not None
            return (start, found.end()) if ends or not is_weak else None
        if not is_word:
            return None
    return _token(text, start, word, between, is_strong=is_strong)


def _is_code(text: str, found: re.Match[str], word: re.Match[str]) -> bool:
    patterns = _patterns()
    count = sum(one.isdigit() for one in found.group())
    fewest = 3 if patterns.short.fullmatch(word["last"]) else _FEWEST
    if not fewest <= count <= _MOST or patterns.unit.match(text, found.end()):
        return False
    return not patterns.tail.search(text[max(0, found.start() - _BEFORE) : found.start()])


def _token(
    text: str, start: int, word: re.Match[str], between: str, *, is_strong: bool
) -> tuple[int, int] | None:
    """A word of Latin letters, digits and signs that is a password or a code."""
    found = _WORD.match(text, start)
    if found is None:
        return None
    token = found.group().rstrip(_WORD_END) or found.group()
    end = _end_of_token(text, found, token)
    if any(one.isdigit() for one in token):
        return (start, end) if len(token) >= _FEWEST and any(map(str.isalnum, token)) else None
    if not is_strong or not _patterns().password.fullmatch(word["last"]) or len(token) < _FEWEST:
        return None
    return (start, end) if _is_no_word(text, end, token, between) else None


def _end_of_token(text: str, found: re.Match[str], token: str) -> int:
    """A sign at the end belongs to a password that holds signs: `Abc@1234!`."""
    has_signs = any(not one.isalnum() for one in token)
    end = found.start() + len(token)
    return end + 1 if has_signs and text[end : end + 1] == "!" else end


def _is_no_word(text: str, end: int, token: str, between: str) -> bool:
    """Whether letters alone are a password: in Chinese always, in English where nothing follows."""
    if not token.isascii() or not token[0].isalpha():
        return False
    if not _LETTERS_BACK.search(between):  # a Chinese word or a colon leads to it
        return token not in _patterns().no_passwords
    is_said = token in _patterns().no_passwords or token.endswith(_patterns().said_ends)
    return not is_said and _ENDS.match(text, end) is not None


def _before(text: str, turned: str, word: re.Match[str]) -> tuple[int, int] | None:
    """A code in front of the word for it: `123456是我的验证码`."""
    patterns = _patterns()
    at = len(text) - word.start()
    filler = patterns.filler_back.match(turned, at)
    between = filler.group()[::-1] if filler else ""
    found = _DIGITS_BACK.match(turned, at + len(between))
    if found is None:
        return None
    start, end = len(text) - found.end(), len(text) - found.start()
    value = _DIGITS.match(text, start)
    if value is None or value.end() != end or not _is_code(text, value, word):
        return None
    leads = _leads(text, start, word.end(), between)
    return (start, end) if leads and not _is_part(text, start) else None


def _leads(text: str, start: int, behind: int, between: str) -> bool:
    """Whether what stands between a number and the word makes it the code."""
    patterns = _patterns()
    is_end = _ENDS.match(text, behind) or patterns.asked.match(text, behind)
    if "," in between or "。" in between:
        before = text[max(0, start - _BEFORE) : start]
        is_told = not before.strip() or patterns.copula_end.search(before) is not None
        return is_told and bool(is_end) and not is_money_before(text, start)
    return (
        bool(patterns.copula.search(between))
        or "(" in between
        or bool(is_end and not between.strip())
    )


def _is_part(text: str, start: int) -> bool:
    """Whether a number goes on in front: `1,234`, `a1234`."""
    joined = text[start - 1 : start] if start else ""
    return (
        joined.isascii() and (joined.isalnum() or joined in {".", "-", "/", ","}) and bool(joined)
    )
