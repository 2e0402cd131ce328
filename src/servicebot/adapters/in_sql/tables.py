"""The tables of the records."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

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

ACCOUNTS: Final = Table(
    "desk_accounts",
    METADATA,
    Column("name", String(100), primary_key=True),
    Column("role", String(20), nullable=False),
    Column("password_hash", String(400), nullable=False),
    Column("second_factor", LargeBinary, nullable=True),
    Column("code_step", BigInteger, nullable=False),
)

AUDIT: Final = Table(
    "audit",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("who", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("act", String(40), nullable=False),
    Column("what", String(200), nullable=False),
    Column("conversation", String(200), nullable=False),
    Column("address", String(80), nullable=False),
    Column("detail", String(200), nullable=False),
    Column("bond", String(64), nullable=False),
)
