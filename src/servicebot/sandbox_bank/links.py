"""Linking a channel identity to a customer through a one-time page."""

import secrets
import sqlite3
from datetime import datetime

from servicebot.sandbox_bank.call import Call, Reply
from servicebot.sandbox_bank.clock import instant_text, parse_instant
from servicebot.sandbox_bank.events import write_event
from servicebot.sandbox_bank.identities import customer_name, issue_subject
from servicebot.sandbox_bank.one_time_pages import (
    LINK_LIFETIME,
    TOKEN_BYTES,
    Visit,
    count_wrong_pin,
    pin_fits,
)
from servicebot.sandbox_bank.problems import JsonObject, not_found
from servicebot.sandbox_bank.wire import Fields


def create_link(call: Call) -> Reply:
    """Answer `POST /v1/links`."""
    fields = Fields(call.body, known=("channel", "channel_user", "conversation"))
    link_id = f"lnk_{secrets.token_hex(12)}"
    token = secrets.token_urlsafe(TOKEN_BYTES)
    expires_at = instant_text(call.now + LINK_LIFETIME)
    call.connection.execute(
        "INSERT INTO links (link_id, token, channel, channel_user, conversation, state, expires_at)"
        " VALUES (?, ?, ?, ?, ?, 'pending', ?)",
        (
            link_id,
            token,
            fields.text("channel"),
            fields.text("channel_user"),
            fields.text("conversation"),
            expires_at,
        ),
    )
    url = f"{call.public_url}/link/{token}"
    return Reply(status=201, body={"link_id": link_id, "url": url, "expires_at": expires_at})


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


def look_at_link(connection: sqlite3.Connection, token: str, now: datetime) -> Visit | None:
    """Tell why a link's page cannot be shown, or None when it can."""
    row = connection.execute("SELECT * FROM links WHERE token = ?", (token,)).fetchone()
    if row is None:
        return Visit.UNKNOWN
    return None if _state(row, now) == "pending" else Visit.SPENT


def bind_with_pin(
    connection: sqlite3.Connection, token: str, customer_id: str, pin: str, now: datetime
) -> Visit:
    """Bind after the PIN was checked; the fifth wrong PIN ends the link."""
    hindrance = look_at_link(connection, token, now)
    if hindrance is not None:
        return hindrance
    if pin_fits(connection, customer_id, pin):
        return bind(connection, token, customer_id, now)
    if count_wrong_pin(connection, "links", token):
        connection.execute("UPDATE links SET state = 'expired' WHERE token = ?", (token,))
        return Visit.SPENT
    return Visit.WRONG_PIN


def bind(connection: sqlite3.Connection, token: str, customer_id: str, now: datetime) -> Visit:
    """Bind the identity that asked for the link to a customer who is known to exist."""
    hindrance = look_at_link(connection, token, now)
    if hindrance is not None:
        return hindrance
    row = connection.execute("SELECT * FROM links WHERE token = ?", (token,)).fetchone()
    subject = issue_subject(connection, customer_id, row["channel"], row["channel_user"], now)
    connection.execute(
        "UPDATE links SET state = 'bound', subject = ? WHERE token = ?", (subject, token)
    )
    write_event(connection, "identity.bound", row, row["link_id"], now)
    return Visit.DONE


def _state(row: sqlite3.Row, now: datetime) -> str:
    is_over = now >= parse_instant(row["expires_at"])
    return "expired" if is_over and row["state"] == "pending" else row["state"]
