"""Subjects: opaque names under which servicebot acts for a customer on one channel."""

import secrets
import sqlite3
from datetime import datetime

from servicebot.sandbox_bank.call import Call, Reply
from servicebot.sandbox_bank.clock import instant_text
from servicebot.sandbox_bank.problems import ProblemError
from servicebot.sandbox_bank.wire import KEY_PATTERN


def resolve_subject(
    connection: sqlite3.Connection, subject: str, *, even_revoked: bool = False
) -> str:
    """Return the customer behind a subject.

    Raises:
        ProblemError: subject_unknown or subject_revoked.
    """
    row = None
    if KEY_PATTERN.fullmatch(subject):
        row = connection.execute(
            "SELECT customer_id, revoked_at FROM subjects WHERE subject = ?", (subject,)
        ).fetchone()
    if row is None:
        raise ProblemError("subject_unknown", "the Subject header is missing or not known")
    if row["revoked_at"] is not None and not even_revoked:
        raise ProblemError("subject_revoked", "link the identity again")
    return str(row["customer_id"])


def issue_subject(
    connection: sqlite3.Connection,
    customer_id: str,
    channel: str,
    channel_user: str,
    now: datetime,
) -> str:
    """Make the one live subject of a channel identity; earlier ones are revoked."""
    connection.execute(
        "UPDATE subjects SET revoked_at = ?"
        " WHERE channel = ? AND channel_user = ? AND revoked_at IS NULL",
        (instant_text(now), channel, channel_user),
    )
    subject = f"sub_{secrets.token_urlsafe(24)}"
    connection.execute(
        "INSERT INTO subjects VALUES (?, ?, ?, ?, NULL)",
        (subject, customer_id, channel, channel_user),
    )
    return subject


def read_me(call: Call) -> Reply:
    """Answer `GET /v1/me`."""
    return Reply(body={"display_name": customer_name(call.connection, call.customer_id)})


def revoke_current(call: Call) -> Reply:
    """Answer `DELETE /v1/identities/current`."""
    call.connection.execute(
        "UPDATE subjects SET revoked_at = ? WHERE subject = ?",
        (instant_text(call.now), call.subject),
    )
    return Reply(status=204)


def customer_name(connection: sqlite3.Connection, customer_id: str) -> str:
    """Return the masked name of a customer who is there."""
    row = connection.execute(
        "SELECT name FROM customers WHERE customer_id = ?", (customer_id,)
    ).fetchone()
    return masked_name(row["name"])


def masked_name(name: str) -> str:
    """Mask a name: 陈晓明 -> 陈*明, 李芳 -> 李*, James Carter -> J*** Carter."""
    first, space, last = name.rpartition(" ")
    if space:
        return f"{first[0]}*** {last}"
    hidden, tail = name[1:-1], name[-1]
    return f"{name[0]}{'*' * len(hidden)}{tail}" if hidden else f"{name[0]}*"
