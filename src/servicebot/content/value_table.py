"""The fact table: every figure the bot names, kept once."""

from dataclasses import dataclass
from datetime import date

from servicebot.screening.allow_list import Contact


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedContact:
    """One row of `knowledge_base/values/contacts.csv`: what the bank's chat may name.

    Attributes:
        name: Used as `{{ value.name }}` too.
        contact: The number or host and the days on which it may be named.
        what: What it is, for people.
        source: Where it comes from; a sample says so.
        path: Path relative to the content folder, for messages.
    """

    name: str
    contact: Contact
    what: str
    source: str
    path: str

    @property
    def value(self) -> Value:
        """The same as a figure that an article may name."""
        return Value(
            name=self.name,
            value=self.contact.value,
            unit="",
            valid_from=self.contact.valid_from,
            source=self.source,
            path=self.path,
        )
