"""The tables of the records and of the keys that seal them."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
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
    Column("key_id", String(32), index=True),  # null: of the edition before, in the clear
)

RECORD_KEYS: Final = Table(
    "record_keys",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("conversation_id", String(200), nullable=False),
    Column("customer", String(64), nullable=False, index=True),
    Column("wrapped", LargeBinary, nullable=False),
    UniqueConstraint("conversation_id", "customer", name="uq_record_keys_place"),
)

MARKING: Final = Table(
    "marking",
    METADATA,
    Column("one", Integer, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)

HOLDS: Final = Table(
    "holds",
    METADATA,
    Column("customer", String(64), primary_key=True),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("why", Text, nullable=False),
)

ERASURES: Final = Table(
    "erasures",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("customer", String(64), nullable=False),
    Column("conversations", Integer, nullable=False),
    Column("receipts", Integer, nullable=False),
    Column("why", Text, nullable=False),
)

ACCOUNTS: Final = Table(
    "desk_accounts",
    METADATA,
    Column("name", String(100), primary_key=True),
    Column("role", String(20), nullable=False),
    Column("password_hash", String(400), nullable=False),
    Column("second_factor", LargeBinary, nullable=True),
    Column("code_step", BigInteger, nullable=False),
    Column("bond", String(64), nullable=False),
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

DRAFTS: Final = Table(
    "drafts",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("changed", DateTime(timezone=True), nullable=False, index=True),
    Column("body", LargeBinary, nullable=False),
)

RATINGS: Final = Table(
    "ratings",
    METADATA,
    Column("turn_id", String(200), primary_key=True),
    Column("key_id", String(32), nullable=False, index=True),  # of the receipt: erased with it
    Column("at", DateTime(timezone=True), nullable=False, index=True),
    Column("article", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("edition", String(16), nullable=False),
    Column("solved", Boolean, nullable=False),
)

BATCH_RUNS: Final = Table(
    "batch_runs",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False, index=True),
    Column("table_key", String(200), nullable=False, index=True),
    Column("summary", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
