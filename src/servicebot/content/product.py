"""The bank's products: which there are, and what customers call them."""

from dataclasses import dataclass

from servicebot.domain.interest import Method
from servicebot.domain.understanding import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One row of `knowledge_base/products.csv`.

    Attributes:
        id: As the bank's answers name it.
        line: Whether it is a line of its own: its articles are about no other product, and a
            question may be asked again for it.
        method: How a loan of it is repaid, where the bot may compute what it costs; else None.
        daily_rate: The value of its daily rate; empty where the bot computes nothing.
        path: Path relative to the content folder, for messages.
    """

    id: str
    line: bool
    method: Method | None
    daily_rate: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductNames:
    """What customers call one product, from `intents/<language>/products.yaml`.

    Attributes:
        id: The product.
        language: The folder the file stands in.
        names: Names, misspellings and forms in dialect.
        path: Path relative to the content folder, for messages.
    """

    id: str
    language: Language
    names: tuple[str, ...]
    path: str
