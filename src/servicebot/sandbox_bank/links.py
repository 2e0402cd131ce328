"""Linking a channel identity to a customer through a one-time page."""

import hmac
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from servicebot.sandbox_bank.call import Call, Reply
from servicebot.sandbox_bank.clock import instant_text, parse_instant
from servicebot.sandbox_bank.events import write_event
from servicebot.sandbox_bank.identities import customer_name, issue_subject
from servicebot.sandbox_bank.one_time_pages import (
    LINK_LIFETIME,
    TOKEN_BYTES,
    Try,
    Visit,
    count_wrong,
    is_locked,
    pin_fits,
)
from servicebot.sandbox_bank.problems import JsonObject, ProblemError, not_found
from servicebot.sandbox_bank.wire import Fields

MOST_LINKS: Final = 5
MANY_WITHIN: Final = timedelta(hours=1)
_TAIL: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """What the page tells of the chat that would be bound, so that nobody binds another's.

    Attributes:
        channel: Its channel.
        account_tail: The end of the platform's id of whoever chats.
        asked_at: When the page was asked for, UTC.
    """

    channel: str
    account_tail: str
    asked_at: datetime


def create_link(call: Call) -> Reply:
    """Answer `POST /v1/links`."""
    fields = Fields(call.body, known=("channel", "channel_user", "conversation"))
    link_id = f"lnk_{secrets.token_hex(12)}"
    token = secrets.token_urlsafe(TOKEN_BYTES)
    code = f"{secrets.randbelow(90) + 10}"
    expires_at = instant_text(call.now + LINK_LIFETIME)
    channel, channel_user = fields.text("channel"), fields.text("channel_user")
    _refuse_too_many(call, channel, channel_user)
    call.connection.execute(
        "INSERT INTO links (link_id, token, channel, channel_user, conversation, state, expires_at,"
        " code, asked_at) VALUES (?, ?, ?, ?, ?, 'pending', ?, ?, ?)",
        (
            *(link_id, token, channel, channel_user, fields.text("conversation"), expires_at),
            *(code, instant_text(call.now)),
        ),
    )
    url = f"{call.public_url}/link/{token}"
    body: JsonObject = {"link_id": link_id, "url": url, "code": code, "expires_at": expires_at}
    return Reply(status=201, body=body)


def read_link(call: Call) -> Reply:
    """Answer `GET /v1/links/{link_id}`."""
    row = call.connection.execute(
        "SELECT l.*, s.customer_id FROM links l LEFT JOIN subjects s USING (subject)"
        " WHERE link_id = ?",
        (call.path["link_id"],),
    ).fetchone()
    if row is None:
        raise not_found("link")
    body: JsonObject = {"link_id": row["link_id"], "state": _state(row, call.now)}
    if row["subject"] is not None:
        body["subject"] = row["subject"]
        body["display_name"] = customer_name(call.connection, row["customer_id"])
    return Reply(body=body)


def look_at_link(connection: sqlite3.Connection, token: str, now: datetime) -> Visit | LinkView:
    """Return what a link's page shows of the chat, or why it shows nothing."""
    row = connection.execute("SELECT * FROM links WHERE token = ?", (token,)).fetchone()
    if row is None:
        return Visit.UNKNOWN
    if _state(row, now) != "pending":
        return Visit.SPENT
    return LinkView(
        channel=row["channel"],
        account_tail=row["channel_user"][-_TAIL:],
        asked_at=parse_instant(row["asked_at"]),
    )


def bind_with_pin(
    connection: sqlite3.Connection, token: str, code: str, wanted: Try, now: datetime
) -> Visit:
    """Bind after code and PIN were checked; the fifth wrong one ends the link."""
    seen = look_at_link(connection, token, now)
    if isinstance(seen, Visit):
        return seen
    if is_locked(connection, wanted, now):
        return Visit.LOCKED
    row = connection.execute("SELECT code FROM links WHERE token = ?", (token,)).fetchone()
    code_fits = hmac.compare_digest(row["code"].encode(), code.strip().encode())
    if code_fits and pin_fits(connection, wanted):
        return bind(connection, token, wanted.customer_id, now)
    if count_wrong(connection, "links", token, wanted, now):
        connection.execute("UPDATE links SET state = 'expired' WHERE token = ?", (token,))
        return Visit.SPENT
    return Visit.WRONG_PIN if code_fits else Visit.WRONG_CODE


def bind(connection: sqlite3.Connection, token: str, customer_id: str, now: datetime) -> Visit:
    """Bind the identity that asked for the link to a customer who is known to exist."""
    seen = look_at_link(connection, token, now)
    if isinstance(seen, Visit):
        return seen
    row = connection.execute("SELECT * FROM links WHERE token = ?", (token,)).fetchone()
    subject = issue_subject(connection, customer_id, row["channel"], row["channel_user"], now)
    connection.execute(
        "UPDATE links SET state = 'bound', subject = ? WHERE token = ?", (subject, token)
    )
    write_event(connection, "identity.bound", row, row["link_id"], now)
    return Visit.DONE


def _refuse_too_many(call: Call, channel: str, channel_user: str) -> None:
    since = instant_text(call.now - MANY_WITHIN)
    asked = call.connection.execute(
        "SELECT count(*) FROM links WHERE channel = ? AND channel_user = ? AND asked_at > ?",
        (channel, channel_user, since),
    ).fetchone()[0]
    if asked >= MOST_LINKS:
        raise ProblemError("too_many_links", f"{MOST_LINKS} pages an hour for one identity")


def _state(row: sqlite3.Row, now: datetime) -> str:
    is_over = now >= parse_instant(row["expires_at"])
    return "expired" if is_over and row["state"] == "pending" else row["state"]
