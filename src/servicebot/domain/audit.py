"""The audit trail: who looked at what and did what, each row bound to the one before.

The bond is an HMAC-SHA256 over the row and the bond of the row before it. Who has the data but not
the key can change no row, take none out of the middle and exchange none without being found.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final


class AuditAct(StrEnum):
    """What is written down."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_IN_LOCKED = "sign_in_locked"
    SIGNED_OUT = "signed_out"
    SIGNED_OUT_BY_OTHER = "signed_out_by_other"
    QUEUE_SEEN = "queue_seen"
    TICKET_SEEN = "ticket_seen"
    TICKET_TAKEN = "ticket_taken"
    TICKET_ASSIGNED = "ticket_assigned"
    WORDS_SENT = "words_sent"
    WORDS_REFUSED = "words_refused"
    HANDED_BACK = "handed_back"
    CLOSED = "closed"
    TRAIL_SEEN = "trail_seen"
    REFUSED = "refused"
    QUESTIONS_SEEN = "questions_seen"
    DRAFT_SIGNED = "draft_signed"
    CONTENT_PUBLISHED = "content_published"
    CONTENT_ROLLED_BACK = "content_rolled_back"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_REMOVED = "account_removed"
    PASSWORD_SET = "password_set"  # noqa: S105  the name of an act
    ROLE_SET = "role_set"
    SECOND_FACTOR_SET = "second_factor_set"
    SECOND_FACTOR_REMOVED = "second_factor_removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One look or act; it holds no word of a customer and no secret.

    Attributes:
        at: When, UTC.
        who: Name of the account, or `cli:` and the machine's user.
        role: Their role then; empty where nobody was signed in.
        act: What.
        what: What it was done to: a ticket's id, an account's name; empty for none.
        conversation: Whose data it was; empty for none.
        address: Where the request came from; empty for the command line.
        detail: Further facts, short: a request's id, a role.
    """

    at: datetime
    who: str
    act: AuditAct
    role: str = ""
    what: str = ""
    conversation: str = ""
    address: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """An entry at its place in the trail.

    Attributes:
        number: Its place, from 1 without a gap.
        entry: The entry; None where what is stored is none.
        bond: HMAC-SHA256 of number, entry and the bond before, hexadecimal.
    """

    number: int
    entry: AuditEntry | None
    bond: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditHead:
    """The end of the trail as it once was; kept elsewhere it shows that the end was cut off."""

    number: int
    bond: str


START: Final = AuditHead(number=0, bond="")


def bond_of(key: bytes, number: int, entry: AuditEntry, before: str) -> str:
    """The bond of a row."""
    fields = (
        number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        *(entry.who, entry.role, entry.act.value, entry.what, entry.conversation),
        *(entry.address, entry.detail, before),
    )
    told = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
    return hmac.new(key, b"row|" + told, hashlib.sha256).hexdigest()


def seal_head(key: bytes, head: AuditHead) -> str:
    """One line: number, bond, and a signature over both."""
    return f"{head.number} {head.bond} {_signature(key, head)}"


def read_head(key: bytes, line: str) -> AuditHead | None:
    """The head of a line; None where it is none or was not written with this key."""
    parts = line.split()
    if len(parts) != 3 or not line.isascii() or not parts[0].isdecimal():  # noqa: PLR2004  as sealed
        return None
    head = AuditHead(number=int(parts[0][:18]), bond=parts[1])
    good = hmac.compare_digest(_signature(key, head).encode(), parts[2].encode())
    return head if good else None


def _signature(key: bytes, head: AuditHead) -> str:
    return hmac.new(key, f"head|{head.number}|{head.bond}".encode(), hashlib.sha256).hexdigest()
