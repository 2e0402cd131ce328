"""Tables of questions and answers as Dify, FastGPT and MaxKB have them -> topics."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from servicebot.domain.content_refusal import ContentRefusal, ContentRefusedError
from servicebot.studio.imports.imported_topic import ImportedTopic, as_answer, lines_of, one_line
from servicebot.studio.imports.rasa_nlu import Found
from servicebot.studio.tables.not_taken import NotTaken, Why
from servicebot.studio.tables.question_table import read_rows

# Heads as the programs write them, without what stands in brackets and without blanks.
_QUESTION: Final = ("question", "q", "问题", "问", "标准问题", "标准问", "customerquestion")
_ANSWER: Final = ("answer", "a", "答案", "回答", "答", "标准答案")
_CONTENT: Final = ("分段内容", "分段內容", "sectioncontent", "paragraphcontent", "content")
_TITLE: Final = ("分段标题", "分段標題", "sectiontitle", "paragraphtitle", "title", "标题")
_FURTHER: Final = ("indexes", "index", "索引", "相似问题", "相似问", "相似问法", "similarquestions")
_BRACKETS: Final = re.compile(r"[（(](?s:.*)|\s")
_NUMBERED: Final = re.compile(r"^\d{1,3}\s*[.、)）．]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    question: int | None
    answer: int
    title: int | None
    further: tuple[int, ...]


def read_answer_table(name: str, data: bytes) -> Found:
    """The rows of a table, a topic each.

    Raises:
        RejectedError: It cannot be read, or has no columns of questions and answers.
    """
    rows = read_rows(name, data)
    head = next(rows, None)
    if head is None:
        raise ContentRefusedError(ContentRefusal.TABLE_EMPTY)
    columns = _columns(head)
    topics: list[ImportedTopic] = []
    refused: list[NotTaken] = []
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        found = _topic(row, number, columns)
        if isinstance(found, NotTaken):
            refused.append(found)
        else:
            topics.append(found)
    return tuple(topics), tuple(refused)


def _columns(head: Sequence[str]) -> _Columns:
    names = [_BRACKETS.sub("", cell.strip().lower()) for cell in head]
    answer = _place(names, (*_ANSWER, *_CONTENT))
    question, title = _place(names, _QUESTION), _place(names, _TITLE)
    if answer is None or (question is None and title is None):
        raise ContentRefusedError(ContentRefusal.NO_ANSWER_COLUMNS)
    first = next((place for place, name in enumerate(names) if name in _FURTHER), None)
    # FastGPT goes on with indexes in the columns behind, which have no name.
    further = tuple(
        place
        for place, name in enumerate(names)
        if first is not None and place >= first and (name in _FURTHER or not name)
    )
    return _Columns(question=question, answer=answer, title=title, further=further)


def _place(names: Sequence[str], known: Sequence[str]) -> int | None:
    return next((place for place, name in enumerate(names) if name in known), None)


def _topic(row: Sequence[str], number: int, columns: _Columns) -> ImportedTopic | NotTaken:
    title = one_line(_cell(row, columns.title))
    cells = (_cell(row, columns.question), *(_cell(row, place) for place in columns.further))
    asked = (_NUMBERED.sub("", line) for cell in cells for line in lines_of(cell))
    phrases = tuple(dict.fromkeys(line for line in asked if line)) or ((title,) if title else ())
    answer = as_answer(_cell(row, columns.answer))
    if not phrases:
        return NotTaken(place=str(number), why=Why.NO_QUESTION)
    if not answer:
        return NotTaken(place=str(number), why=Why.NO_ANSWER, named=phrases[0])
    return ImportedTopic(
        place=str(number), title=title or phrases[0], phrases=phrases, answer=answer
    )


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""
