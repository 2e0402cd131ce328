"""The lists of words beside the rules, read once and made into patterns."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

import yaml

from servicebot.domain.understanding import Language

_FILE: Final = "words.yaml"
_NOTHING: Final = r"(?!)"
_PART_END: Final = "，。；：！？\n,;!?"
_SENTENCE: Final = re.compile(r"[^。！？\n!?]+|[。！？!?]")
_STOP: Final = re.compile(rf"[{re.escape(_PART_END)}]|\.(?:\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Words that must not be said, and where they may.

    Attributes:
        words: Finds them.
        reach: How many characters in front of them an exception may stand.
        not_behind: What may stand in front.
        not_after: What may stand right in front.
        not_before: What may stand right behind.
        not_with: What may stand anywhere in the sentence.
    """

    words: re.Pattern[str]
    reach: int
    not_behind: re.Pattern[str]
    not_after: re.Pattern[str]
    not_before: re.Pattern[str]
    not_with: re.Pattern[str]

    def found_in(self, text: str) -> Iterator[re.Match[str]]:
        """Where they are said without an exception."""
        for sentence in _SENTENCE.finditer(text):
            said = sentence.group()
            if self.words.search(said) is None or self.not_with.search(said):
                continue
            for found in self.words.finditer(text, sentence.start(), sentence.end()):
                if not self._is_excused(text, found):
                    yield found

    def _is_excused(self, text: str, found: re.Match[str]) -> bool:
        front = text[max(0, found.start() - self.reach) : found.start()]
        front = _STOP.split(front)[-1]
        behind = _STOP.split(text[found.end() : found.end() + self.reach])[0]
        if self.not_behind.search(front) or self.not_after.search(front.rstrip()):
            return True
        return self.not_before.match(behind.lstrip()) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """What stands before words in quotation marks.

    Attributes:
        said: The customer says them here.
        tapped: The customer taps on them.
        elsewhere: They stand in an app or on a page.
    """

    said: re.Pattern[str]
    tapped: re.Pattern[str]
    elsewhere: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """`words.yaml`.

    Attributes:
        promises: By language.
        calls: By language: ways to the telephone.
        accounts: By language: ways to somebody's account.
        questions: By language: by which a title asks.
        other_ways: By language: ways that are no call.
        danger_lines: Names of numbers that need no other way beside them.
        quoted: By language.
        pinyin: A word that may be pinyin.
        about_language: Intents and replies that speak of the other language.
        unwritten: By language: how the hints begin that a new article has for texts.
    """

    promises: Mapping[Language, Wording]
    calls: Mapping[Language, Wording]
    accounts: Mapping[Language, Wording]
    questions: Mapping[Language, re.Pattern[str]]
    other_ways: Mapping[Language, tuple[str, ...]]
    danger_lines: frozenset[str]
    quoted: Mapping[Language, Quoted]
    pinyin: re.Pattern[str]
    about_language: frozenset[str]
    unwritten: Mapping[Language, tuple[str, ...]]


@lru_cache(maxsize=1)
def load_words() -> Words:
    """The words beside the code."""
    text = files("servicebot.content.rules").joinpath(_FILE).read_text(encoding="utf-8")
    read = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  reads text only, builds nothing
    return Words(
        promises={one: _promises(read["promises"][one]) for one in Language},
        calls={one: _ways(read["calls"][one]) for one in Language},
        accounts={one: _ways(read["accounts"][one]) for one in Language},
        questions={one: _compiled(read["questions"][one]) for one in Language},
        other_ways={one: tuple(read["other_ways"][one]) for one in Language},
        danger_lines=frozenset(read["danger_lines"]),
        quoted={one: _quoted(read["quoted"][one]) for one in Language},
        pinyin=_pinyin(read["pinyin"]),
        about_language=frozenset(read["about_language"]),
        unwritten={one: tuple(read["unwritten"][one]) for one in Language},
    )


def _promises(read: Mapping[str, Any]) -> Wording:
    pairs = "|".join(_pair(pair, read["between"]) for pair in read["pairs"])
    return _wording(
        read,
        rf"{_any(read['words'])}|{pairs}",
        not_before=_any(read["not_before"], end=False),
        not_after=rf"{_any(read['not_after'])}$",
    )


def _ways(read: Mapping[str, Any]) -> Wording:
    words = rf"{_any(read['whole'])}|{_pair(read['words'], read['between'])}"
    return _wording(read, words, not_before=_NOTHING, not_after=_NOTHING)


def _pair(words: Sequence[str], reach: str) -> str:
    """A word of the first list and, within the reach and the part of the sentence, of the second."""
    first, second = (_any(one.split("|")) for one in words)
    return rf"{first}[^{re.escape(_PART_END)}.]{{0,{reach}}}?{second}"


def _wording(read: Mapping[str, Any], words: str, *, not_before: str, not_after: str) -> Wording:
    return Wording(
        words=re.compile(words, re.IGNORECASE),
        reach=int(read["reach"]),
        not_behind=re.compile(_any(read["not_behind"]), re.IGNORECASE),
        not_after=re.compile(not_after, re.IGNORECASE),
        not_before=re.compile(not_before, re.IGNORECASE),
        not_with=re.compile(_any(read["not_with"]), re.IGNORECASE),
    )


def _quoted(read: Mapping[str, Any]) -> Quoted:
    return Quoted(
        said=re.compile(rf"{_any(read['said'])}[\s：:，,“]*$", re.IGNORECASE),
        tapped=re.compile(rf"{_any(read['tapped'])}[\s：:，,“]*$", re.IGNORECASE),
        elsewhere=re.compile(_any(read["elsewhere"]), re.IGNORECASE),
    )


def _any(words: Sequence[str], *, end: bool = True) -> str:
    """A pattern of any of the words, the longest first; Latin words stand alone."""
    if not words:
        return _NOTHING
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    first = re.escape("".join(sorted({word[0] for word in ordered})))
    # One look at the first sign rules most places out.
    return f"(?=[{first}])(?:{'|'.join(_pattern(word, end=end) for word in ordered)})"


def _pattern(word: str, *, end: bool) -> str:
    body = re.escape(word).replace(r"\ ", r"\s+")
    front = r"(?<![A-Za-z])" if word[0].isascii() and word[0].isalpha() else ""
    behind = r"(?![A-Za-z])" if end and word[-1].isascii() and word[-1].isalpha() else ""
    return f"{front}{body}{behind}"


def _compiled(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(_any(words), re.IGNORECASE)


def _pinyin(read: Mapping[str, Any]) -> re.Pattern[str]:
    begins, ends = (
        "|".join(sorted(read[one], key=lambda x: -len(x))) for one in ("begins", "ends")
    )
    return re.compile(rf"(?:(?:{begins})?(?:{ends}))+", re.IGNORECASE)
