"""Pages and hosts in a text, however they are written."""

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import Final

from servicebot.screening.find_machines import find_machines
from servicebot.screening.reading import Reading, read
from servicebot.screening.spans import Kind, Span
from servicebot.screening.suffixes import chinese_last_labels, last_labels
from servicebot.screening.words import load_words

_HAN: Final = r"\u2e80-\u9fff"
_SIGN: Final = rf"(?:[^\W{_HAN}]|-)"
_URL_SIGN: Final = r"[a-z0-9\-._~:/?#\[\]@!$&'*+;=%\\]"
# A scheme with slashes, of whatever number and direction; or one that needs none.
_SCHEMED = re.compile(
    rf"(?<![a-z0-9])(?:[a-z][a-z0-9+.\-]{{0,30}}+\s?:\s?[/\\]|"
    rf"(?:https?|hxxps?|weixin|alipays?|javascript|data|mailto|ftp|intent)\s?:(?!\s|$))"
    rf"[/\\\s]{{0,4}}+{_URL_SIGN}*+"
)
_HOST = re.compile(rf"(?<![^\W{_HAN}])(?<!-){_SIGN}++(?:\.{_SIGN}++)++\.?")
_HAN_HOST = re.compile(rf"(?<![{_HAN}])[{_HAN}]++\.(?P<last>[a-z]{{2,24}}+)")
# `wwwevilcom`, `www evil com`
_UNDOTTED = re.compile(
    r"(?<![a-z0-9.\-])www(?:[a-z0-9\-]{4,60}+(?![a-z0-9.])"
    r"|[\s_,·\-]{1,3}+[a-z0-9\-]{2,40}+[\s_,·\-]{1,3}+[a-z]{2,10}+(?![a-z0-9]))"
)
_PATH = re.compile(r"[/?#:]")
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_VERSION: Final = 12  # characters of the word before it
_BEHIND = re.compile(r"(?::\d{1,5})?(?:[/?#]" + _URL_SIGN + r"*+)?")


def find_hosts(reading: Reading) -> Iterator[Span]:
    """The addresses of a text; what only looks like one at the end of a sentence is passed over."""
    dotted = _with_dots(reading)
    pages = [found.span() for found in _SCHEMED.finditer(dotted.text)]
    for start, end in pages:
        yield _span(dotted, start, end, Kind.PAGE)
    for start, end in _bare(dotted):
        if not any(first <= start and end <= last for first, last in pages):
            yield _span(dotted, start, end)


def _bare(reading: Reading) -> Iterator[tuple[int, int]]:
    """Where hosts stand, with their paths."""
    taken = 0
    for found in _HOST.finditer(reading.text):
        if found.start() < taken or not _is_host(reading, found):
            continue
        behind = _BEHIND.match(reading.text, found.end())
        taken = behind.end() if behind else found.end()
        yield found.start(), taken
    yield from (found.span() for found in _UNDOTTED.finditer(reading.text))
    yield from _chinese(reading)
    yield from find_machines(reading.text)


def names_host(text: str, allowed: Container[str]) -> bool:
    """Whether a plain text names a host that may not be named."""
    reading = read(text)
    return any(
        _PATH.split(reading.text[start:end], maxsplit=1)[0].strip(".") not in allowed
        for start, end in _bare(reading)
    )


def _with_dots(reading: Reading) -> Reading:
    """Every dot that a host may be written with as a plain one."""
    may_have, *patterns = _dots()
    if not may_have.search(reading.text):
        return reading
    for pattern in patterns:
        reading = reading.rewritten(pattern, _dot)
    return reading


def _dot(_: str) -> str:
    return "."


@lru_cache(maxsize=1)
def _dots() -> tuple[re.Pattern[str], ...]:
    """Whether there may be a dot; then one in brackets, as a word, beside a blank, a wide one, another sign."""
    words = load_words()
    latin, han = map("|".join, words.split("dot_words"))
    usual = "|".join(words.lists["usual_suffixes"])
    sold, signs = words.any_of("sold_suffixes"), words.signs["dot_signs"]
    patterns = (
        rf"[.。,、{signs}]|{latin}|{han}",
        rf"\s?[\[(【{{<《]\s?(?:[.。·]|{latin}|{han})\s?[\])】}}>》]\s?",
        rf"(?:(?<=[a-z])\s?(?:{han})|(?<=[a-z0-9])\s(?:{latin})\s)\s?(?=[a-z]{{2}})",
        rf"(?<=[a-z0-9]{{3}})\s?(?:{han})\s?(?={sold})",
        rf"(?<=[a-z0-9])\s[.。]\s?(?=[a-z0-9])|(?<=[a-z0-9])\.\s(?=(?:{usual})\b)",
        rf"(?<=[a-z0-9])。(?=[a-z0-9])|(?<=\w)。(?=(?:{usual})(?![a-z]))",
        rf"(?<=[a-z0-9]{{3}})(?:[{signs}](?={sold})|[,、](?={words.any_of('comma_suffixes')}))",
    )
    return tuple(map(re.compile, patterns))


def _is_host(reading: Reading, found: re.Match[str]) -> bool:
    name = found.group().strip(".-")
    labels = name.split(".")
    if _ADDRESS.fullmatch(name):
        is_address = all(int(label) < 256 for label in labels)  # noqa: PLR2004  a byte
        return is_address and not _is_version(reading.text, found)
    last = labels[-1]
    if labels[0] == "www" or last in load_words().lists["program_suffixes"]:
        return True
    if last not in last_labels() or last.isdigit() or _is_file(reading, found, labels):
        return False
    if last not in load_words().lists["suffix_words"] or len(labels) > 2:  # noqa: PLR2004
        return True
    return not _begins_sentence(reading, found.start() + len(name) - len(last))


def _is_version(text: str, found: re.Match[str]) -> bool:
    """Whether four numbers are the version of a program: `版本 4.0.0.126`."""
    goes_on = text[found.end() : found.end() + 1] in {":", "/"}
    place = max(0, found.start() - _VERSION), found.start()
    before, behind = _version_words()
    is_named = before.search(text, *place) or behind.match(text, found.end())
    return not goes_on and is_named is not None


def _is_file(reading: Reading, found: re.Match[str], labels: list[str]) -> bool:
    """Whether a name is that of a file, `README.md`, or of what programs are written with."""
    if ".".join(labels) in load_words().lists["no_hosts"]:
        return True
    if labels[-1] not in load_words().lists["file_suffixes"]:
        return False
    at = reading.starts[found.start()]
    return len(labels) == 2 and reading.original[at : at + len(labels[0])].isupper()  # noqa: PLR2004


@lru_cache(maxsize=1)
def _version_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load_words().any_of("version_words")
    return re.compile(rf"{words}[\s:]?$"), re.compile(rf"\s?{words}")


def _begins_sentence(reading: Reading, place: int) -> bool:
    """Whether the last label is the first word of a sentence: `paid.Is there more`."""
    at = reading.starts[place]
    word = reading.original[at : at + 2]
    return word[:1].isupper() and not word[1:].isupper()


def _chinese(reading: Reading) -> Iterator[tuple[int, int]]:
    """Hosts whose label or suffix is Chinese."""
    if "." not in reading.text:
        return
    for found in _HAN_HOST.finditer(reading.text):
        if found["last"] in last_labels() and not _is_word(reading, found):
            yield found.span()
    for found in _chinese_suffix().finditer(reading.text):
        yield found.span()


def _is_word(reading: Reading, found: re.Match[str]) -> bool:
    return _begins_sentence(reading, found.start("last"))


@lru_cache(maxsize=1)
def _chinese_suffix() -> re.Pattern[str]:
    labels = "|".join(map(re.escape, chinese_last_labels()))
    return re.compile(rf"(?<![a-z{_HAN}])[a-z0-9\-{_HAN}]{{2,40}}+\.(?:{labels})")


def _span(reading: Reading, start: int, end: int, kind: Kind = Kind.HOST) -> Span:
    return Span(kind, *reading.place(start, end), reading.text[start:end])
