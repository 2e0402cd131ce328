"""YAML -> what customers call the products."""

from servicebot.content.fields import Fields
from servicebot.content.product import ProductNames
from servicebot.content.read_text import SourceText, parse_yaml
from servicebot.domain.understanding import Language


def parse_product_names(source: SourceText, language: Language) -> tuple[ProductNames, ...]:
    """Reads one file: a product's id, and its names as a block under it.

    Raises:
        ContentError: Every fault of the file, with its line.
    """
    values = parse_yaml(source, source.text)
    fields = Fields(source, values)
    found = tuple(
        ProductNames(id=product, language=language, names=fields.phrases(product), path=source.path)
        for product in values
    )
    fields.refuse_faults()
    return found
