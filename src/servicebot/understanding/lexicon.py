"""Finds the content's marks in a normalized text: at its front, at its end, anywhere."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final

from servicebot.content.parse_marks import MarkPhrases
from servicebot.domain.marks import Mark

_NOTHING: Final = re.compile(r"(?!)")
_SIGN: Final = re.compile(r"[()\[\]|_]|[^()\[\]|_]+")
_TRANSLATED: Final[Mapping[str, str]] = {
    "(": "(?:",
    ")": ")",
    "[": "(?:",
    "]": ")?",
    "|": "|",
    "_": r"[\s,.!]+",
}
_TAIL: Final = re.compile(r"[\s,.!?]*$")


class Lexicon:
    """The marks of all languages, compiled: customers mix them within a message."""

    def __init__(self, marks: Iterable[MarkPhrases]) -> None:
        phrases: dict[Mark, list[str]] = {}
        exceptions: dict[Mark, list[str]] = {}
        for one in marks:
            phrases.setdefault(one.mark, []).extend(one.phrases)
            exceptions.setdefault(one.mark, []).extend(one.exceptions)
        self._patterns = {mark: _compile(phrases[mark], exceptions[mark]) for mark in phrases}
        self._phrases, self._exceptions = phrases, exceptions
        # Compiled when a mark is first asked for: most are never, and all take half a second.
        self._single: dict[Mark, tuple[re.Pattern[str], ...]] = {}

    def has(self, mark: Mark, text: str) -> bool:
        """Whether the mark stands anywhere."""
        return self._pattern(mark).search(text) is not None

    def is_all(self, mark: Mark, text: str) -> bool:
        """Whether the mark is the whole text, punctuation at the end left aside."""
        found = self._pattern(mark).fullmatch(_TAIL.sub("", text))
        return found is not None and found.end() > 0

    def match(self, mark: Mark, text: str, start: int = 0) -> int | None:
        """The end of the longest form of the mark at a place, or None where none stands there."""
        if self._pattern(mark).match(text, start) is None:  # nearly always, and one look is enough
            return None
        found = (pattern.match(text, start) for pattern in self._singles(mark))
        end = max((one.end() for one in found if one is not None), default=start)
        return end if end > start else None

    def skip(self, mark: Mark, text: str, start: int = 0) -> int:
        """The place behind the mark, however often it stands there in a row."""
        while (end := self.match(mark, text, start)) is not None:
            start = end
        return start

    def at_end(self, mark: Mark, text: str) -> int | None:
        """Where the mark begins that ends the text, punctuation left aside; None without one."""
        plain = _TAIL.sub("", text)
        found = (m.start() for m in self._pattern(mark).finditer(plain) if m.end() == len(plain))
        return next(found, None)

    def places(self, mark: Mark, text: str) -> tuple[tuple[int, int], ...]:
        """Where the mark begins and ends, in reading order."""
        return tuple((m.start(), m.end()) for m in self._pattern(mark).finditer(text))

    def without(self, mark: Mark, text: str) -> str:
        """The text without the mark."""
        return self._pattern(mark).sub("", text)

    def found_in(self, text: str, marks: Iterable[Mark]) -> frozenset[Mark]:
        """Those of some marks that stand in the text, each where it has to stand."""
        return frozenset(mark for mark in marks if self._stands(mark, text))

    def _stands(self, mark: Mark, text: str) -> bool:
        if mark is Mark.CONTRAST:
            return self.match(mark, text) is not None
        if mark is Mark.QUESTION and self.at_end(Mark.ASKS_AT_END, text) is not None:
            return True
        return self.is_all(mark, text) if mark is Mark.NAMES_NOTHING else self.has(mark, text)

    def _singles(self, mark: Mark) -> tuple[re.Pattern[str], ...]:
        """One pattern for each form of a mark; two threads may both compile them, to the same."""
        if mark not in self._single:
            barred = self._exceptions.get(mark, [])
            forms = self._phrases.get(mark, ())
            self._single[mark] = tuple(_compile([form], barred) for form in forms)
        return self._single[mark]

    def _pattern(self, mark: Mark) -> re.Pattern[str]:
        return self._patterns.get(mark, _NOTHING)


def _compile(phrases: list[str], exceptions: list[str]) -> re.Pattern[str]:
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    found = "|".join(_runs(ordered))
    barred = "|".join((*_runs(exceptions), *_insides(exceptions)))
    # Looked for first, because hardly anything stands anywhere: what bars it is many patterns more.
    return re.compile(f"(?={found})(?!{barred})(?:{found})" if barred else f"(?:{found})")


def _insides(exceptions: list[str]) -> Iterator[str]:
    """The places inside plain exceptions: `! 这么` bars 么 behind 这 too."""
    for phrase in exceptions:
        if not re.search(r"[()\[\]|_]", phrase):
            for cut in range(1, len(phrase)):
                yield f"(?<={re.escape(phrase[:cut])}){re.escape(phrase[cut:])}"


def _runs(templates: Iterable[str]) -> Iterator[str]:
    """The templates as patterns; Latin words are found whole only.

    What stands in front of Latin words is looked at once for all neighbours, not for each.
    """
    for is_latin, run in groupby(templates, key=lambda template: _is_latin(_letters(template)[:1])):
        body = "|".join(map(_as_pattern, run))
        yield f"(?<![a-z0-9])(?:{body})" if is_latin else body


def _as_pattern(template: str) -> str:
    """A template as a pattern that ends where a Latin word does; `_runs` looks at its front."""
    body = "".join(_TRANSLATED.get(sign, "") or re.escape(sign) for sign in _SIGN.findall(template))
    behind = r"(?![a-z0-9])" if _is_latin(_letters(template)[-1:]) else ""
    return f"(?:{body}){behind}"


def _letters(template: str) -> str:
    return re.sub(r"[()\[\]|_]", "", template)


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()
