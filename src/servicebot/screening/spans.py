"""What a reader finds in a foreign text."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a span is."""

    CARD = "card"
    IDENTITY = "identity"
    MOBILE = "mobile"
    LANDLINE = "landline"
    PHONE = "phone"  # of another country
    NUMBER = "number"  # long, of a person or an account, not known which
    MAIL = "mail"
    PASSPORT = "passport"
    COMPANY = "company"
    SECRET = "code"  # noqa: S105  the name of a kind
    SERVICE = "service"  # 95xxx, 400, a short number to call
    PAGE = "page"  # an address with its scheme
    HOST = "host"  # one without
    MESSENGER = "messenger"
    COIN = "coin"  # an address that coins are sent to
    REQUEST = "request"  # for a card number or a secret


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the original text.

    Attributes:
        kind: What it is.
        start: Its first character.
        end: Behind its last one.
        value: Its digits or address, folded.
    """

    kind: Kind
    start: int
    end: int
    value: str


def apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order; of those that overlap one, from the first to the last character.

    Of a secret and what lies in it the secret wins, otherwise the longest names the kind.
    """
    joined: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if joined and span.start < joined[-1].end:
            last = joined[-1]
            wider = max(
                (last, span), key=lambda one: (one.kind is Kind.SECRET, one.end - one.start)
            )
            joined[-1] = Span(
                wider.kind, min(last.start, span.start), max(last.end, span.end), wider.value
            )
        else:
            joined.append(span)
    return tuple(joined)
