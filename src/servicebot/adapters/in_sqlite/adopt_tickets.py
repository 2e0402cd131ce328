"""Takes over the tickets of an edition that kept them in the records: read once, left there.

Works on the stored JSON, not on today's types: a step between editions must read what was written
then, whatever the types become.
"""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_Json = dict[str, Any]


def adopt_tickets(db: sqlite3.Connection, records: Path) -> None:
    """Fills `tickets` from the records and puts the open ones into their conversations."""
    found = _read(records)
    for ticket in found.values():
        _insert(db, ticket)
    states = db.execute("SELECT id, state FROM conversations WHERE state IS NOT NULL").fetchall()
    for conversation_id, stored in states:
        state = json.loads(stored)
        ticket_id = state.pop("ticket_id", None)
        if ticket_id is None:
            continue
        if ticket_id not in found:
            _insert(db, found.setdefault(ticket_id, _missing(ticket_id, conversation_id, state)))
        state["ticket"] = found[ticket_id]
        body = json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode()
        db.execute("UPDATE conversations SET state = ? WHERE id = ?", (body, conversation_id))


def _read(records: Path) -> dict[str, _Json]:
    if not records.is_file():
        return {}
    with closing(sqlite3.connect(records)) as old:
        old.row_factory = sqlite3.Row
        named = "SELECT name FROM sqlite_master WHERE name = 'tickets'"
        if old.execute(named).fetchone() is None:
            return {}
        return {row["id"]: _body(row) for row in old.execute("SELECT * FROM tickets")}


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


def _missing(ticket_id: str, conversation_id: str, state: _Json) -> _Json:
    """A ticket for a conversation that waits and whose own is not to be found."""
    held = state.get("owner") == "person"
    return {
        "id": ticket_id,
        "conversation_id": conversation_id,
        "channel": state["channel"],
        "sender": state["sender"],
        "customer": None,
        "language": state.get("language", "zh"),
        "reason": "customer_asked",
        "priority": 2,
        "summary": state.get("last_words", ""),
        "task": None,
        "opened_at": datetime.fromtimestamp(0, UTC).isoformat(),
        "state": "taken" if held else "waiting",
        "agent": (state.get("held") or {}).get("agent"),
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
