"""The tables of the records."""

from typing import Final

from sqlalchemy import Column, DateTime, Integer, LargeBinary, MetaData, String, Table, Text

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
