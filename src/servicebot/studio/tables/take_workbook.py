"""A workbook that was exported here and comes back: of tables or of articles."""

from collections.abc import Mapping

from servicebot.domain.errors import RejectedError
from servicebot.studio.tables.article_sheet import ARTICLES, import_articles
from servicebot.studio.tables.imported import Imported
from servicebot.studio.tables.open_workbook import opened_workbook
from servicebot.studio.tables.workbook import INDEX, import_workbook


def is_export(data: bytes) -> bool:
    """Whether a file is a workbook that was exported here."""
    try:
        with opened_workbook(data) as book:
            return bool({INDEX, ARTICLES} & set(book.sheetnames))
    except RejectedError:
        return False


def take_workbook(data: bytes, tables: Mapping[str, str], articles: Mapping[str, str]) -> Imported:
    """What it changes in the tables and articles as they are now, by path.

    Raises:
        RejectedError: It is no workbook, or was not exported here.
    """
    with opened_workbook(data) as book:
        of_articles = ARTICLES in book.sheetnames and INDEX not in book.sheetnames
    return import_articles(data, articles) if of_articles else import_workbook(data, tables)
