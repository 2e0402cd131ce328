"""The gate for what leaves: nobody can make the bank's chat hand out a way out of the bank."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from servicebot.screening.addresses import read_origin
from servicebot.screening.allow_list import Allowed
from servicebot.screening.disguises import disguised
from servicebot.screening.find_contacts import find_contacts
from servicebot.screening.find_hosts import find_hosts, names_host
from servicebot.screening.find_letters import find_letters
from servicebot.screening.find_messengers import find_messengers
from servicebot.screening.find_named import find_named
from servicebot.screening.find_numbers import find_numbers
from servicebot.screening.find_requests import find_requests
from servicebot.screening.parts import joined_ids, joined_parts
from servicebot.screening.reading import (
    Reading,
    is_turned,
    read,
    read_as_shown,
    read_by_case,
    with_spoken_digits,
)
from servicebot.screening.spans import Kind, Span, apart

_LISTED: Final = "[bank]"
_HIDDEN: Final = "***"
_ENDS: Final = ".,;:!?'"  # the end of a sentence, not of an address
_NESTED: Final = ("//", "\\", "@", "http:", "https:")
_DEEPEST: Final = 3
_HOST_ENDS = re.compile(r"[/?#]")


def forbidden_in(text: str, allowed: Allowed) -> tuple[str, ...]:
    """Pages, numbers and ids in a text that are not on the list, as they are written there."""
    return tuple(text[span.start : span.end] for span in find_forbidden(text, allowed))


def mark_listed(text: str, allowed: Allowed) -> str:
    """The text with `[bank]` in place of what is on the list."""
    parts, last = [], 0
    for span in apart(span for span in _found(text) if _may_leave(span, allowed)):
        parts += [text[last : span.start], _LISTED]
        last = span.end
    return "".join([*parts, text[last:]])


def hide_forbidden(text: str, allowed: Allowed, kept: tuple[str, ...] = ()) -> str:
    """The text with `***` in place of what is not on the list.

    Args:
        text: As it would leave.
        allowed: What may.
        kept: Numbers of the bank's own in it that must be readable.
    """
    parts, last = [], 0
    for span in find_forbidden(text, allowed):
        if any(text[span.start : span.end] in number for number in kept):
            continue
        parts += [text[last : span.start], _HIDDEN]
        last = span.end
    return "".join([*parts, text[last:]])


def find_forbidden(text: str, allowed: Allowed) -> tuple[Span, ...]:
    """What of a text may not leave, in order and apart."""
    return apart(span for span in _found(text) if not _may_leave(span, allowed))


def _found(text: str) -> Iterator[Span]:
    readings = [read(text), read_as_shown(text)] if is_turned(text) else [read(text)]
    spans = (span for reading in readings for span in _in(reading))
    return (span for span in spans if span.kind is not Kind.COMPANY)  # leads nobody anywhere


def _in(reading: Reading) -> Iterator[Span]:
    yield from find_hosts(reading)
    yield from find_letters(reading)
    yield from find_numbers(reading, strict=True)
    yield from find_contacts(reading)
    yield from find_requests(reading)
    yield from find_named(reading)
    for other in disguised(reading):
        yield from find_hosts(other)
        yield from find_contacts(other)
        yield from find_numbers(other, strict=True)
        yield from find_requests(other)
        spoken = with_spoken_digits(other)
        if spoken is not None:
            yield from find_contacts(spoken, spoken=True)
    by_case = read_by_case(reading.original)
    if by_case is not None:
        yield from find_messengers(by_case)
    spoken = with_spoken_digits(reading)
    if spoken is not None:
        yield from find_numbers(spoken, strict=True, spoken=True)
        yield from find_contacts(spoken, spoken=True)
    joined = joined_parts(spoken or reading)
    if joined is not None:
        yield from find_numbers(joined, strict=True, spoken=spoken is not None)
    for one in (reading, spoken):
        together = joined_ids(one) if one is not None else None
        if together is not None:
            yield from find_contacts(together)
            yield from find_numbers(together, strict=True)


def _may_leave(span: Span, allowed: Allowed) -> bool:
    if span.kind is Kind.PAGE:
        address = span.value.rstrip(_ENDS)
        return allowed.has_page(address) and not _leads_on(address, allowed)
    if span.kind is Kind.HOST:
        return _HOST_ENDS.split(span.value.rstrip(_ENDS), maxsplit=1)[0] in allowed.hosts
    return span.value in allowed.numbers or span.value in allowed.names


def _leads_on(address: str, allowed: Allowed) -> bool:
    """Whether a page's path or question names another place, however often it is coded."""
    behind = address.partition("://")[2]
    for _ in range(_DEEPEST):
        behind = unquote(behind)
    if any(one in behind for one in _NESTED):
        return True
    origin = read_origin(address)
    rest = behind[len(origin.host) :] if origin else behind
    return names_host(rest, allowed.hosts)
