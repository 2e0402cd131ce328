"""CSV -> the fact table, the synonyms and the products."""

from typing import Final

from servicebot.content.complaint import complain
from servicebot.content.content import Synonym
from servicebot.content.fields import Fields
from servicebot.content.near_name import nearest
from servicebot.content.place import Place
from servicebot.content.product import Product
from servicebot.content.read_text import SourceText
from servicebot.content.table import Row, rows_of
from servicebot.content.value_table import Value
from servicebot.domain.interest import Method
from servicebot.domain.understanding import Language

_VALUE_HEADER: Final = ("name", "value", "unit", "valid_from", "source")
_PRODUCT_HEADER: Final = ("product", "line", "method", "daily_rate")
_SYNONYM_HEADER: Final = ("language", "term", "variants")


def parse_values(source: SourceText) -> tuple[Value, ...]:
    """Reads one value table.

    Raises:
        ContentError: A wrong header, a short row, a wrong day.
    """
    fields = Fields(source, {})
    needed = ("name", "value", "valid_from", "source")
    values = []
    for row in rows_of(source, fields, _VALUE_HEADER, needed=needed):
        name, value, unit, first, where = row.cells
        day = fields.day(first, Place(key=name))
        values.append(
            Value(
                name=name,
                value=value,
                unit=unit,
                valid_from=day,
                source=where,
                path=source.path,
            )
        )
    fields.refuse_faults()
    return tuple(values)


def parse_products(source: SourceText) -> tuple[Product, ...]:
    """Reads the table of products; `line` is yes or no, method and rate may be empty.

    Raises:
        ContentError: A wrong header, a short row, another word than yes or no, an unknown method.
    """
    fields = Fields(source, {})
    products = []
    for row in rows_of(source, fields, _PRODUCT_HEADER, needed=("product", "line")):
        product, line, method, rate = row.cells
        if method not in {"", *Method}:
            args = {"known": ", ".join(Method), "near": nearest(method, tuple(Method))}
            fields.add(complain(source.path, row.line, "method", name=method, **args))
            continue
        if line not in {"yes", "no"}:
            fields.add(complain(source.path, row.line, "yes-or-no", field="line", value=line))
        products.append(
            Product(
                id=product,
                line=line == "yes",
                method=Method(method) if method else None,
                daily_rate=rate,
                path=source.path,
            )
        )
    fields.refuse_faults()
    return tuple(products)


def parse_synonyms(source: SourceText) -> tuple[Synonym, ...]:
    """Reads the table of synonyms; variants are parted by `|`.

    Raises:
        ContentError: A wrong header, a short row, an unknown language.
    """
    fields = Fields(source, {})
    rows = rows_of(source, fields, _SYNONYM_HEADER, needed=("language", "term"))
    found = [_synonym(source, fields, row) for row in rows]
    fields.refuse_faults()
    return tuple(one for one in found if one is not None)


def _synonym(source: SourceText, fields: Fields, row: Row) -> Synonym | None:
    language, term, variants = row.cells
    if language not in Language.__members__.values():
        fields.add(complain(source.path, row.line, "language", name=language))
        return None
    parts = tuple(part.strip() for part in variants.split("|") if part.strip())
    return Synonym(language=Language(language), term=term, variants=parts)
