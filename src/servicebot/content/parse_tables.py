"""CSV -> the fact table, the synonyms and the products."""

import csv
from collections.abc import Iterator

from servicebot.content.content import Synonym
from servicebot.content.fields import Fields
from servicebot.content.product import Product
from servicebot.content.read_text import SourceText
from servicebot.content.value_table import Value
from servicebot.domain.errors import ContentError
from servicebot.domain.interest import Method
from servicebot.domain.understanding import Language

_VALUE_HEADER = ["name", "value", "unit", "valid_from", "source"]
_PRODUCT_HEADER = ["product", "line", "method", "daily_rate"]
_SYNONYM_HEADER = ["language", "term", "variants"]


def parse_values(source: SourceText) -> tuple[Value, ...]:
    """Reads one value table.

    Raises:
        ContentError: A wrong header, a short row, a wrong day.
    """
    fields = Fields(source, {})
    values = tuple(
        Value(
            name=row[0],
            value=row[1],
            unit=row[2],
            valid_from=fields.day(row[3], near=row[0]),
            source=row[4],
            path=source.path,
        )
        for row in rows_of(source, fields, _VALUE_HEADER)
    )
    if fields.faults:
        raise ContentError(tuple(fields.faults))
    return values


def parse_products(source: SourceText) -> tuple[Product, ...]:
    """Reads the table of products; `line` is yes or no, method and rate may be empty.

    Raises:
        ContentError: A wrong header, a short row, another word than yes or no, an unknown method.
    """
    fields = Fields(source, {})
    products = []
    for product, line, method, rate in rows_of(source, fields, _PRODUCT_HEADER):
        if method not in {"", *Method}:
            known = ", ".join(Method)
            fields.note("method", f"`{method}` is no method. Known: {known}.", near=product)
            continue
        if line not in {"yes", "no"}:
            fields.note("yes-or-no", f"`{line}`: write `yes` or `no`.", near=product)
        products.append(
            Product(
                id=product,
                line=line == "yes",
                method=Method(method) if method else None,
                daily_rate=rate,
                path=source.path,
            )
        )
    if fields.faults:
        raise ContentError(tuple(fields.faults))
    return tuple(products)


def parse_synonyms(source: SourceText) -> tuple[Synonym, ...]:
    """Reads the table of synonyms; variants are parted by `|`.

    Raises:
        ContentError: A wrong header, a short row, an unknown language.
    """
    fields = Fields(source, {})
    synonyms = []
    for language, term, variants in rows_of(source, fields, _SYNONYM_HEADER):
        if language not in Language.__members__.values():
            fields.note("language", f"`{language}` is none of zh, en.", near=term)
            continue
        parts = tuple(part.strip() for part in variants.split("|") if part.strip())
        synonyms.append(Synonym(language=Language(language), term=term, variants=parts))
    if fields.faults:
        raise ContentError(tuple(fields.faults))
    return tuple(synonyms)


def rows_of(source: SourceText, fields: Fields, header: list[str]) -> Iterator[list[str]]:
    """The rows of a table as cells without blanks around; what is no row is noted.

    Args:
        source: The table.
        fields: Takes the faults.
        header: What its first line must be; the first two cells of a row may not be empty.
    """
    rows = csv.reader(source.text.splitlines())
    if next(rows, None) != header:
        fields.note("header", f"The first line must be `{','.join(header)}`.")
        return
    for row in rows:
        cells = [cell.strip() for cell in row]
        if len(cells) != len(header) or not all(cells[:2]):
            message = f"A row needs {len(header)} cells: {', '.join(header)}."
            fields.note("row", message, near=",".join(row))
        else:
            yield cells
