"""CSV -> the numbers, hosts and public accounts that may be named to a customer."""

import re
from typing import Final

from servicebot.content.complaint import complain
from servicebot.content.fields import NO_DAY, Fields
from servicebot.content.place import Place
from servicebot.content.read_text import SourceText
from servicebot.content.table import rows_of
from servicebot.content.value_table import ListedContact
from servicebot.screening.addresses import read_origin
from servicebot.screening.allow_list import Contact

_HEADER: Final = ("name", "value", "what", "valid_from", "valid_until", "source")
_NUMBER = re.compile(r"[0-9]{3,15}")
_NAME = re.compile(r"(?=.*[\u3400-\u9fff])[\w·\- ]{2,20}")  # of a public account


def parse_contacts(source: SourceText) -> tuple[ListedContact, ...]:
    """Reads the list; `valid_until` may be empty.

    Raises:
        ContentError: A wrong header, a short row, a wrong day, an end before the beginning, or a
            value that is no number of 3 to 15 digits, no host in lower case and no Chinese name.
    """
    fields = Fields(source, {})
    contacts = []
    needed = ("name", "value", "what", "valid_from", "source")
    for row in rows_of(source, fields, _HEADER, needed=needed):
        name, value, what, first, last, where = row.cells
        valid_from = fields.day(first, Place(key=name))
        valid_until = fields.day(last, Place(key=name)) if last else None
        if not _is_contact(value):
            fields.add(complain(source.path, row.line, "contact", value=value))
        if valid_until is not None and NO_DAY != valid_until < valid_from:
            fields.add(complain(source.path, row.line, "valid-order", first=first, last=last))
        contact = Contact(value=value, valid_from=valid_from, valid_until=valid_until)
        contacts.append(
            ListedContact(name=name, contact=contact, what=what, source=where, path=source.path)
        )
    fields.refuse_faults()
    return tuple(contacts)


def _is_contact(value: str) -> bool:
    if _NUMBER.fullmatch(value) or _NAME.fullmatch(value):
        return True
    origin = read_origin(f"https://{value}")
    return origin is not None and origin.host == value and "." in value and not value[-1].isdigit()
