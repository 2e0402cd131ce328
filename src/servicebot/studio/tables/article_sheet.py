"""Articles as a sheet of Excel and back: title, phrases and answer; exactly what is changed changes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from servicebot.domain.content_refusal import ContentRefusal, ContentRefusedError
from servicebot.studio.tables.imported import Imported
from servicebot.studio.tables.merge_rows import CellChange
from servicebot.studio.tables.not_taken import NotTaken, Why
from servicebot.studio.tables.open_workbook import opened_workbook, rows_of
from servicebot.studio.tables.originals import keep_original, original_of
from servicebot.studio.tables.plain_text import plain_text
from servicebot.studio.tables.write_table import saved, write_rows
from servicebot.studio.tables.yaml_scalar import read_scalar, yaml_scalar

ARTICLES: Final = "文章 Articles"
_HEAD: Final = ("文件 path", "标题 title", "问法 asked_as", "答案 answer")
_ARTICLE: Final = re.compile(r"knowledge_base/(?:zh|en)/[^/]+/[^/]+\.md")
# Lines that are taken are never given back: a head of many titles would be tried in every way.
_PARTS: Final = re.compile(
    r"(?P<start>---\n(?:(?!title:|---\n).*\n)*+title:)(?P<title>.*)\n"
    r"(?P<between>(?:(?!asked_as: *\||---\n).*\n)*+asked_as: *\|[^\n]*\n)(?P<asked>(?:(?: .*)?\n)*+)"
    r"(?P<rest>(?:(?!---\n).*\n)*+---\n)(?P<body>(?s:.*))"
)
_RETURN: Final = "_x000D_"  # as Excel writes a carriage return
_LONGEST_CELL: Final = 32_000  # Excel's own is a little more


@dataclass(frozen=True, slots=True, kw_only=True)
class _Article:
    """The parts of a file; joined in their order they are the file."""

    start: str
    title: str
    between: str
    asked: str
    rest: str
    body: str

    @property
    def cells(self) -> tuple[str, str, str]:
        """Title, phrases and answer as a sheet shows them."""
        phrases = "\n".join(line.strip() for line in self.asked.splitlines() if line.strip())
        return str(read_scalar(self.title.strip()) or ""), phrases, self.body.strip("\n")

    def with_cells(self, wanted: Sequence[str]) -> str:
        """The file with other cells; a part whose cell is the same stays byte for byte."""
        was, (title, asked, body) = self.cells, wanted
        return "".join(
            (
                self.start,
                self.title if title == was[0] else f" {yaml_scalar(title)}",
                "\n",
                self.between,
                self.asked if asked == was[1] else self._asked(asked),
                self.rest,
                self.body if body == was[2] else self._body(body),
            )
        )

    def _asked(self, cell: str) -> str:
        lines = self.asked.splitlines(keepends=True)
        known = {line.strip(): line for line in lines}
        phrases = (line.strip() for line in cell.splitlines() if line.strip())
        return "".join(known.get(one, f"  {one}\n") for one in phrases)

    def _body(self, cell: str) -> str:
        inside = self.body.strip("\n")
        before, _, after = self.body.partition(inside) if inside else ("", "", "\n")
        return f"{before}{cell}{after}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What stands behind a workbook: the texts of now, and the cells that were downloaded."""

    texts: Mapping[str, str]
    downloaded: Mapping[str, Sequence[str]]

    def originals(self, path: str, cells: Sequence[str]) -> Sequence[str]:
        """The cells of an article as they were downloaded; those of now where nobody knows."""
        found = self.downloaded.get(path)
        return cells if found is None else [*found, *[""] * len(cells)]


def is_article(path: str) -> bool:
    """Whether a path is that of an article."""
    return _ARTICLE.fullmatch(path) is not None


def export_articles(texts: Mapping[str, str]) -> bytes:
    """One sheet with a row for each article; a file whose parts are not plain is left out.

    Args:
        texts: Every article's text, by path.
    """
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101  a new workbook has one
    sheet.title = ARTICLES
    read = ((path, _read(text)) for path, text in sorted(texts.items()))
    rows = [(path, *one.cells) for path, one in read if one is not None and _fits(one)]
    write_rows(sheet, [_HEAD, *rows])
    keep_original(book, ARTICLES, rows)
    return saved(book)


def import_articles(data: bytes, texts: Mapping[str, str]) -> Imported:
    """What was changed in a workbook of `export_articles`, for the articles as they are now.

    Raises:
        RejectedError: It is no such workbook.
    """
    files: dict[str, str] = {}
    changes: list[CellChange] = []
    refused: list[NotTaken] = []
    with opened_workbook(data) as book:
        if ARTICLES not in book.sheetnames:
            raise ContentRefusedError(ContentRefusal.NO_SHEET, named=ARTICLES)
        downloaded = {row[0]: row[1:] for row in original_of(book, ARTICLES) or () if row}
        known = _Known(texts=texts, downloaded=downloaded)
        for number, row in enumerate(rows_of(book[ARTICLES]), 1):
            if number == 1 and tuple(map(_words, row[: len(_HEAD)])) != _HEAD:
                raise ContentRefusedError(ContentRefusal.OTHER_TABLE, named=ARTICLES)
            if number > 1:
                _take(number, row, known, files, changes, refused)
    return Imported(files=files, changes=tuple(changes), refused=tuple(refused))


def _take(
    number: int,
    row: Sequence[Cell | MergedCell],
    known: _Known,
    files: dict[str, str],
    changes: list[CellChange],
    refused: list[NotTaken],
) -> None:
    values = [*(_words(cell) for cell in row[: len(_HEAD)]), *[""] * len(_HEAD)]
    path = values[0] or ""
    if not any(values):
        return
    article = _read(known.texts[path]) if path in known.texts else None
    if path in files:
        refused.append(NotTaken(place=str(number), why=Why.TWICE, named=path))
        return
    if article is None:
        refused.append(NotTaken(place=str(number), why=Why.UNKNOWN_ARTICLE, named=path))
        return
    was, wanted = article.cells, []
    cells = zip(was, known.originals(path, was), values[1:], strict=False)
    for column, (old, original, new) in enumerate(cells, 2):
        if new is None:
            refused.append(NotTaken(place=f"{number}:{column}", why=Why.FORMULA, named=old[:80]))
        if new is None or new in (_plain(original), _plain(old)):
            wanted.append(old)
        else:
            wanted.append(new)
            changes.append(CellChange(path=path, row=number, column=column, before=old, after=new))
    text = article.with_cells(wanted)
    if tuple(wanted) != was:
        files[path] = _as_before(text, known.texts[path])


def _read(text: str) -> _Article | None:
    found = _PARTS.fullmatch(text.replace("\r\n", "\n"))
    return _Article(**found.groupdict()) if found is not None else None


def _fits(article: _Article) -> bool:
    return all(len(cell) <= _LONGEST_CELL for cell in article.cells)


def _as_before(text: str, before: str) -> str:
    return text.replace("\n", "\r\n") if "\r\n" in before else text


def _words(cell: Cell | MergedCell) -> str | None:
    """The text of a cell; None for a formula."""
    if cell.data_type == "f":
        return None
    return _plain(plain_text(cell.value).replace(_RETURN, "").replace("\r\n", "\n"))


def _plain(words: str) -> str:
    """Without blanks at the ends of lines, which nobody sees in a cell."""
    return "\n".join(line.rstrip() for line in words.split("\n")).strip("\n")
