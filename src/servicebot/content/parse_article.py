"""Markdown with front matter -> Article."""

import re
from datetime import date
from pathlib import PurePosixPath
from typing import Final

from servicebot.content.article import Article
from servicebot.content.complaint import complain
from servicebot.content.fields import NO_DAY, Fields
from servicebot.content.place import BODY, Place
from servicebot.content.read_day import read_day
from servicebot.content.read_text import SourceText, parse_yaml
from servicebot.domain.errors import ContentError, ContentFault
from servicebot.domain.understanding import Language

_KNOWN: Final = (
    "id",
    "title",
    "valid",
    "owner",
    "source",
    "hand_over",
    "asks",
    "task",
    "asked_as",
    "not_for",
    "held_out",
)
_DASHES: Final = re.compile(r"\s*[-—–－_=─]{1,}\s*")  # what is typed for ---
_FIELD: Final = re.compile(rf"(?:{'|'.join(_KNOWN)})\s*[:：]")
_HEADING: Final = re.compile(r"[ \t]*[#＃]+\s*(\S.*)")
_MORE: Final = "## More"
_DAY: Final = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?")


def parse_article(source: SourceText, language: Language) -> Article:
    """Reads one article.

    Raises:
        ContentError: Every fault of the file, with its line.
    """
    head, body, first_line = _split(source)
    fields = Fields(source, parse_yaml(source, head, first_line=first_line))
    valid_from, valid_to = _valid(fields)
    answer, more = _answer_and_more(body)
    name = fields.text("id")
    article = Article(
        id=name,
        language=language,
        title=fields.text("title"),
        valid_from=valid_from,
        valid_to=valid_to,
        owner=fields.text("owner"),
        source=fields.text("source"),
        hand_over=fields.yes("hand_over"),
        asks=fields.text("asks", needed=False) or name.partition("/")[2],
        task=fields.optional("task"),
        asked_as=fields.phrases("asked_as"),
        not_for=fields.others("not_for"),
        held_out=fields.phrases("held_out", needed=False),
        answer=answer,
        more=more,
        path=source.path,
    )
    fields.nothing_else(_KNOWN)
    note_wrong_id(fields, "id", name, _expected(source.path))
    _note_headings(fields, body)
    if not answer:
        fields.note("no-answer", Place(key=BODY))
    fields.refuse_faults()
    return article


def note_wrong_id(fields: Fields, key: str, written: str, expected: str) -> None:
    """Notes an id that is not the one the file's place says; all else is known by it."""
    if written and written != expected:
        fields.note("id-and-path", Place(key=key), field=key, written=written, expected=expected)


def _expected(path: str) -> str:
    """`knowledge_base/zh/cards/lost.md` is `cards/lost`."""
    place = PurePosixPath(path)
    return f"{place.parent.name}/{place.stem}"


def _split(source: SourceText) -> tuple[str, str, int]:
    """The head, what stands below it, and the line on which the head begins."""
    lines = source.text.split("\n")
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if lines[first].strip() != "---":
        raise ContentError((_no_beginning(source, lines[first], first + 1),))
    for number, line in enumerate(lines[first + 1 :], first + 1):
        if line.strip() == "---":
            head, body = lines[first + 1 : number], lines[number + 1 :]
            return "\n".join(head), "\n".join(body), first + 2
    raise ContentError((_no_end(source, lines, first + 1),))


def _no_beginning(source: SourceText, line: str, number: int) -> ContentFault:
    if _DASHES.fullmatch(line):
        return complain(source.path, number, "wrong-dashes", found=line.strip())
    return complain(source.path, number, "front-matter")


def _no_end(source: SourceText, lines: list[str], first: int) -> ContentFault:
    """Where the second `---` is missing: at dashes that are others, or before the answer."""
    for number, line in enumerate(lines[first:], first + 1):
        if line.strip() and not line.startswith((" ", "#")) and not _FIELD.match(line):
            if _DASHES.fullmatch(line):
                return complain(source.path, number, "wrong-dashes", found=line.strip())
            return complain(source.path, number, "front-matter-end")
    return complain(source.path, len(lines), "front-matter-end")


def _valid(fields: Fields) -> tuple[date, date]:
    text = fields.text("valid")
    place = Place(key="valid")
    first, dots, last = text.partition("..")
    if not dots:
        if text:
            fields.note("valid", place, text=text, right=_days_in(text))
        return NO_DAY, NO_DAY
    days = fields.day(first, place), fields.day(last, place)
    if NO_DAY not in days and days[0] > days[1]:
        fields.note("valid-order", place, first=days[0].isoformat(), last=days[1].isoformat())
    return days


def _days_in(text: str) -> str:
    """What was meant by two days with another sign between them; empty where it is not plain."""
    days = [read_day(day) for day in _DAY.findall(text)]
    plain = [day.isoformat() for day in days if day is not None]
    return " .. ".join(plain) if len(plain) == 2 else ""  # noqa: PLR2004  from, to


def _answer_and_more(body: str) -> tuple[str, str]:
    answer, _, rest = f"\n{body}".partition(f"\n{_MORE}")
    _, _, more = rest.partition("\n")
    return answer.strip(), more.strip()


def _note_headings(fields: Fields, body: str) -> None:
    """Only one heading is known; another would be printed, or would hide what stands below it."""
    seen = 0
    for line in body.split("\n"):
        heading = _HEADING.match(line)
        if heading is None:
            continue
        if line.rstrip() == _MORE:
            seen += 1
            if seen > 1:
                fields.note("second-more", Place(key=BODY, words=line, nth=seen))
        else:
            fields.note("heading", Place(key=BODY, words=line), text=line.strip())
