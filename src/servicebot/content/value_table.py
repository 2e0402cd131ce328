"""The fact table: every figure the bot names, kept once."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One row of `knowledge_base/values/<topic>.csv`.

    Attributes:
        name: Used as `{{ value.name }}`.
        value: The figure as it is printed.
        unit: Printed behind the value, may be empty.
        valid_from: The day it came into force.
        source: Where it comes from; a sandbox figure says so.
        path: Path relative to the content folder, for messages.
    """

    name: str
    value: str
    unit: str
    valid_from: date
    source: str
    path: str
