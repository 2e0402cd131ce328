"""Takes over the tickets of an edition that kept them in the records: read once, left there.

Works on the stored JSON, not on today's types: a step between editions must read what was written
then, whatever the types become.
"""

import hashlib
import json
import logging
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from servicebot.domain.errors import UnavailableError

_Json = dict[str, Any]
_URGENT: Final = frozenset({"distress", "threat", "fraud", "card_lost"})
_logger = logging.getLogger(__name__)


def adopt_tickets(db: sqlite3.Connection, records: Path) -> None:
    """Fills `tickets` from the records and puts the open ones into their conversations.

    Where the two stores disagreed, the conversation is right: who waits gets a ticket that waits,
    a ticket without a customer is ended. A state that cannot be read is left for its next message.
    """
    found = _read(records)
    held: set[str] = set()
    states = db.execute("SELECT id, state FROM conversations WHERE state IS NOT NULL").fetchall()
    for conversation_id, stored in states:
        try:
            state = json.loads(stored)
            ticket = _own(conversation_id, state, found)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            _logger.error("unreadable", extra={"what": "state", "why": type(error).__name__})  # noqa: TRY400
            continue
        if ticket is None:
            continue
        held.add(ticket["id"])
        found[ticket["id"]] = state["ticket"] = ticket
        body = json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode()
        db.execute("UPDATE conversations SET state = ? WHERE id = ?", (body, conversation_id))
    for ticket in found.values():
        _insert(db, ticket if ticket["id"] in held else _ended(ticket))


def _own(conversation_id: str, state: _Json, found: dict[str, _Json]) -> _Json | None:
    """The open ticket of a conversation, as its owner says; None where nobody is called."""
    ticket_id, owner = state.pop("ticket_id", None), state.get("owner")
    if owner not in {"queue", "person"}:
        return None
    known = found.get(ticket_id or "")
    ticket = dict(known) if known is not None else _missing(ticket_id, conversation_id, state)
    agent = (state.get("held") or {}).get("agent") or ticket.get("agent")
    if owner == "queue":
        return ticket | {"state": "waiting", "agent": None, "taken_at": None, "ended_at": None}
    taken_at = ticket.get("taken_at") or ticket["opened_at"]
    return ticket | {"state": "taken", "agent": agent, "taken_at": taken_at, "ended_at": None}


def _ended(ticket: _Json) -> _Json:
    """A ticket that no conversation is in: where it was open its customer has left."""
    if ticket["state"] not in {"waiting", "taken"}:
        return ticket
    at = datetime.now(UTC).isoformat()  # noqa: TID251  a step between editions, done once
    return ticket | {"state": "left", "ended_at": at, "departure": "superseded"}


def _read(records: Path) -> dict[str, _Json]:
    if not records.is_file():
        return {}
    try:
        with closing(sqlite3.connect(records, timeout=30)) as old:
            old.row_factory = sqlite3.Row
            named = "SELECT name FROM sqlite_master WHERE name = 'tickets'"
            if old.execute(named).fetchone() is None:
                return {}
            rows = old.execute("SELECT * FROM tickets").fetchall()
    except sqlite3.Error as error:
        raise UnavailableError(
            f"The tickets of the edition before stand in {records}, which cannot be read: {error}."
        ) from error
    return {row["id"]: body for row in rows if (body := _readable(row)) is not None}


def _readable(row: sqlite3.Row) -> _Json | None:
    try:
        return _body(row)
    except (ValueError, KeyError, TypeError) as error:
        _logger.error("unreadable", extra={"what": "ticket", "why": type(error).__name__})  # noqa: TRY400
        return None


def _body(row: sqlite3.Row) -> _Json:
    """The JSON of a ticket, with what stood in columns beside it."""
    body: _Json = json.loads(row["body"])
    body |= {"state": row["state"], "agent": row["agent"]}
    if "departure" in row.keys():  # noqa: SIM118  a row has keys, not `in`; it came later
        body["departure"] = row["departure"]
    for name in ("taken_at", "ended_at"):
        at = row[name]
        body[name] = _aware(at) if at is not None else None
    return body


def _missing(ticket_id: str | None, conversation_id: str, state: _Json) -> _Json:
    """A ticket for a conversation that waits and whose own is not to be found."""
    waiting = state.get("waiting") or {}
    return {
        "id": ticket_id or hashlib.sha256(conversation_id.encode()).hexdigest()[:16],
        "conversation_id": conversation_id,
        "channel": state["channel"],
        "sender": state["sender"],
        "customer": None,
        "language": state.get("language", "zh"),
        "reason": waiting.get("about") or "customer_asked",
        "priority": 0 if waiting.get("about") in _URGENT else 2,
        "summary": state.get("last_words", ""),
        "task": None,
        "opened_at": datetime.now(UTC).isoformat(),  # noqa: TID251  done once
        "promised": waiting.get("promised", False),
    }


def _insert(db: sqlite3.Connection, body: _Json) -> None:
    stored = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    row = (
        body["id"],
        body["channel"],
        body["sender"],
        body.get("subject"),
        body["state"],
        body["priority"],
        body.get("rank", 9),
        _seconds(body["opened_at"]),
        _seconds(body.get("taken_at")),
        _seconds(body.get("ended_at")),
        stored,
    )
    db.execute("INSERT OR REPLACE INTO tickets VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def _seconds(at: str | None) -> float | None:
    return datetime.fromisoformat(_aware(at)).timestamp() if at is not None else None


def _aware(at: str) -> str:
    """The records gave instants in UTC without saying so."""
    known = datetime.fromisoformat(at)
    return (known if known.tzinfo is not None else known.replace(tzinfo=UTC)).isoformat()
