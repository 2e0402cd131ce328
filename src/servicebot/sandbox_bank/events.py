"""What servicebot is to be told: written with the change itself, sent later by `callbacks`."""

import json
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from servicebot.sandbox_bank.clock import instant_text


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingEvent:
    """An event that nobody has acknowledged; `body` is the exact text to sign and send."""

    event_id: str
    body: str


def write_event(
    connection: sqlite3.Connection,
    event: Literal["identity.bound", "step_up.approved", "step_up.declined"],
    origin: sqlite3.Row,
    reference_id: str,
    now: datetime,
) -> None:
    """Note an event; `origin` has the columns conversation, channel and channel_user."""
    event_id = f"evt_{secrets.token_hex(12)}"
    body = {
        "event_id": event_id,
        "event": event,
        "conversation": origin["conversation"],
        "channel": origin["channel"],
        "channel_user": origin["channel_user"],
        "reference_id": reference_id,
        "occurred_at": instant_text(now),
    }
    connection.execute(
        "INSERT INTO events VALUES (?, ?, 'pending')",
        (event_id, json.dumps(body, ensure_ascii=False)),
    )


def pending_events(connection: sqlite3.Connection) -> tuple[PendingEvent, ...]:
    """Return what is still to be sent."""
    rows = connection.execute(
        "SELECT event_id, body FROM events WHERE state = 'pending' ORDER BY rowid"
    )
    return tuple(PendingEvent(event_id=row["event_id"], body=row["body"]) for row in rows)


def close_event(
    connection: sqlite3.Connection, event_id: str, state: Literal["delivered", "given_up"]
) -> None:
    """Note how the sending of an event ended."""
    connection.execute("UPDATE events SET state = ? WHERE event_id = ?", (state, event_id))
