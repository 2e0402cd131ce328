"""CSV -> the numbers and hosts that may be named to a customer."""

import re
from typing import Final

from servicebot.content.fields import Fields
from servicebot.content.parse_tables import rows_of
from servicebot.content.read_text import SourceText
from servicebot.content.value_table import ListedContact
from servicebot.domain.errors import ContentError
from servicebot.screening.addresses import read_origin
from servicebot.screening.allow_list import Contact

_HEADER: Final = ["name", "value", "what", "valid_from", "valid_until", "source"]
_NUMBER = re.compile(r"[0-9]{3,15}")


def parse_contacts(source: SourceText) -> tuple[ListedContact, ...]:
    """Reads the list; `valid_until` may be empty.

    Raises:
        ContentError: A wrong header, a short row, a wrong day, an end before the beginning, or a
            value that is neither a number of 3 to 15 digits nor a host in lower case.
    """
    fields = Fields(source, {})
    contacts = []
    for name, value, what, first, last, where in rows_of(source, fields, _HEADER):
        valid_from = fields.day(first, near=name)
        valid_until = fields.day(last, near=name) if last else None
        if not _is_contact(value):
            message = f"`{value}` is neither a number of 3 to 15 digits nor a host like a.bank.com."
            fields.note("contact", message, near=name)
        if valid_until is not None and valid_until < valid_from:
            fields.note("valid-until", f"`{name}` ends before it begins.", near=name)
        if not (what and where):
            fields.note("contact", f"Say what `{name}` is and where it comes from.", near=name)
        contact = Contact(value=value, valid_from=valid_from, valid_until=valid_until)
        contacts.append(
            ListedContact(name=name, contact=contact, what=what, source=where, path=source.path)
        )
    if fields.faults:
        raise ContentError(tuple(fields.faults))
    return tuple(contacts)


def _is_contact(value: str) -> bool:
    if _NUMBER.fullmatch(value):
        return True
    origin = read_origin(f"https://{value}")
    return origin is not None and origin.host == value and "." in value and not value[-1].isdigit()
