"""The tables of the records."""

from typing import Final

from sqlalchemy import Column, DateTime, Index, Integer, LargeBinary, MetaData, String, Table, Text

from servicebot.domain.tickets import LAST_RANK

METADATA: Final = MetaData()

RECEIPTS: Final = Table(
    "receipts",
    METADATA,
    Column("turn_id", String(200), primary_key=True),
    Column("conversation_id", String(200), nullable=False, index=True),
    Column("message_id", String(200), nullable=False, index=True),
    Column("at", DateTime(timezone=True), nullable=False, index=True),
    Column("content_version", String(64), nullable=False),
    Column("decision", String(200), nullable=False),
    Column("body", LargeBinary, nullable=False),
)

TRANSCRIPT: Final = Table(
    "transcript",
    METADATA,
    Column("turn_id", String(200), primary_key=True),
    Column("rank", Integer, primary_key=True),
    Column("conversation_id", String(200), nullable=False, index=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("author", String(20), nullable=False),
    Column("name", String(200), nullable=False),
    Column("text", Text, nullable=False),
)

TICKETS: Final = Table(
    "tickets",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("agent", String(100)),
    Column("taken_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
    Column("rank", Integer, nullable=False, server_default=str(LAST_RANK)),
    Column("departure", String(20)),
    Column("body", LargeBinary, nullable=False),
    Index("tickets_queue", "state", "priority", "opened_at"),
    Index("tickets_taken", "taken_at"),
    Index("tickets_ended", "state", "ended_at"),
)
