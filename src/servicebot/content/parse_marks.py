"""YAML -> the words that show how a message is meant."""

import re
from dataclasses import dataclass
from typing import Final

from servicebot.content.fields import Fields
from servicebot.content.near_name import nearest
from servicebot.content.place import Place
from servicebot.content.read_text import SourceText, parse_yaml
from servicebot.domain.marks import Mark
from servicebot.domain.understanding import Language

_EXCEPTION: Final = "!"
_SIGNS: Final = re.compile(r"[()\[\]|]")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPhrases:
    """One list of `intents/<language>/marks.yaml`.

    Attributes:
        mark: Its name.
        language: The folder it stands in.
        phrases: Templates: `(a|b)` one of them, `[a]` or nothing, `_` a blank or punctuation.
        exceptions: Templates; where one stands, no phrase is found.
    """

    mark: Mark
    language: Language
    phrases: tuple[str, ...]
    exceptions: tuple[str, ...]


def parse_marks(source: SourceText, language: Language) -> tuple[MarkPhrases, ...]:
    """Reads the lists of one language.

    Raises:
        ContentError: An unknown list, or a template whose brackets do not fit.
    """
    values = parse_yaml(source, source.text)
    fields = Fields(source, values)
    found = []
    for name in values:
        lines = fields.phrases(name)
        for line in lines:
            if not _is_balanced(line):
                fields.note("template", Place(key=name, words=line), text=line)
        if name in set(Mark):
            found.append(_list(Mark(name), language, lines))
        else:
            args = {"name": name, "known": ", ".join(Mark), "near": nearest(name, tuple(Mark))}
            fields.note("unknown-mark", Place(key=name), **args)
    fields.refuse_faults()
    return tuple(found)


def _list(mark: Mark, language: Language, lines: tuple[str, ...]) -> MarkPhrases:
    return MarkPhrases(
        mark=mark,
        language=language,
        phrases=tuple(line for line in lines if not line.startswith(_EXCEPTION)),
        exceptions=tuple(
            line.removeprefix(_EXCEPTION).strip() for line in lines if line.startswith(_EXCEPTION)
        ),
    )


def _is_balanced(line: str) -> bool:
    closes = {")": "(", "]": "["}
    open_ones: list[str] = []
    for sign in _SIGNS.findall(line):
        if sign in closes.values():
            open_ones.append(sign)
        elif sign in closes and (not open_ones or open_ones.pop() != closes[sign]):
            return False
    return not open_ones
