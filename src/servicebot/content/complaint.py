"""What is wrong in a content file, in the reader's language: words come from one table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

import yaml

from servicebot.domain.errors import ContentError, ContentFault, Level
from servicebot.domain.understanding import Language

_FILE: Final = "complaints.yaml"
_FAST_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FIELD: Final = re.compile(r"\{(\w+)(?::(\w+))?\}")
_OPTION: Final = re.compile(r"\[\[(.*?)\]\]")
_WORDS: Final = "words"  # `{kind:words}`: the argument is itself looked up in the table

Argument = str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaints:
    """`complaints.yaml`, read once.

    Attributes:
        rules: By rule and language, what is wrong and what to write instead.
        levels: Of each rule.
        titles: By rule and language, a few words for many complaints of one kind.
        terms: By name and language, words that fill others and sentences of the command.
    """

    rules: Mapping[str, Mapping[Language, str]]
    levels: Mapping[str, Level]
    titles: Mapping[str, Mapping[Language, str]]
    terms: Mapping[str, Mapping[Language, str]]


@lru_cache(maxsize=1)
def load_complaints() -> Complaints:
    """The table beside the code."""
    text = files("servicebot.content").joinpath(_FILE).read_text(encoding="utf-8")
    read = yaml.load(text, Loader=_FAST_LOADER)  # noqa: S506  reads text only, builds nothing
    rules = read["rules"]
    return Complaints(
        rules={name: _both(one) for name, one in rules.items()},
        levels={name: Level(one.get("level", Level.ERROR)) for name, one in rules.items()},
        titles={name: _both(one["title"]) for name, one in rules.items() if "title" in one},
        terms={name: _both(one) for name, one in read["terms"].items()},
    )


def _both(read: Mapping[str, str]) -> Mapping[Language, str]:
    return {language: read[language] for language in Language}


def complain(path: str, line: int, rule: str, /, **args: Argument) -> ContentFault:
    """A fault in the words of its rule.

    Args:
        path: The file, relative to the content folder.
        line: From 1; 0 where no line is meant.
        rule: One of the table.
        args: What its words are filled with; what may be missing is an empty text.
    """
    told = {name: str(value) for name, value in args.items()}
    return ContentFault(
        path=path,
        line=line,
        rule=rule,
        message=_filled(load_complaints().rules[rule][Language.EN], told, Language.EN),
        args=tuple(told.items()),
        level=load_complaints().levels[rule],
    )


def refuse(path: str, line: int, rule: str, /, **args: Argument) -> ContentError:
    """One fault as the error that stops the reading of its file."""
    return ContentError((complain(path, line, rule, **args),))


def words_of(fault: ContentFault, language: Language) -> str:
    """What is wrong and what to write instead, without the place.

    A fault of another table, such as of a file of the model, has only its English words.
    """
    found = load_complaints().rules.get(fault.rule)
    if found is None or (not fault.args and "{" in found[language]):
        return fault.message
    return _filled(found[language], dict(fault.args), language)


def told(fault: ContentFault, language: Language) -> str:
    """`path:line: [rule] words`, as the command prints it."""
    return f"{fault.place}: [{fault.rule}] {words_of(fault, language)}"


def title_of(rule: str, language: Language) -> str:
    """A few words for many complaints of one rule; its name where it has none."""
    found = load_complaints().titles.get(rule)
    return rule if found is None else found[language]


def say(term: str, language: Language, /, **args: Argument) -> str:
    """A sentence of the table that is no complaint, filled."""
    told_args = {name: str(value) for name, value in args.items()}
    return _filled(load_complaints().terms[term][language], told_args, language)


def _filled(text: str, args: Mapping[str, str], language: Language) -> str:
    """The text with its arguments; a part in `[[ ]]` goes where one of its arguments is empty."""

    def option(found: re.Match[str]) -> str:
        names = [name for name, _ in _FIELD.findall(found[1])]
        return found[1] if all(args.get(name) for name in names) else ""

    def field(found: re.Match[str]) -> str:
        value = args.get(found[1], "")
        if found[2] == _WORDS:
            return load_complaints().terms[value][language] if value else ""
        return value

    return _FIELD.sub(field, _OPTION.sub(option, text))
