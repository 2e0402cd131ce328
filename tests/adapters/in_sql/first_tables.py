"""The records as they were made before there were revisions, word for word, with a row in each."""

from typing import Final

_TABLES: Final = """
CREATE TABLE receipts (
    turn_id VARCHAR(200) NOT NULL,
    conversation_id VARCHAR(200) NOT NULL,
    message_id VARCHAR(200) NOT NULL,
    at {instant} NOT NULL,
    content_version VARCHAR(64) NOT NULL,
    decision VARCHAR(200) NOT NULL,
    body {bytes} NOT NULL,
    PRIMARY KEY (turn_id)
);
CREATE INDEX ix_receipts_at ON receipts (at);
CREATE INDEX ix_receipts_conversation_id ON receipts (conversation_id);
CREATE INDEX ix_receipts_message_id ON receipts (message_id);
CREATE TABLE transcript (
    turn_id VARCHAR(200) NOT NULL,
    rank INTEGER NOT NULL,
    conversation_id VARCHAR(200) NOT NULL,
    at {instant} NOT NULL,
    author VARCHAR(20) NOT NULL,
    name VARCHAR(200) NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (turn_id, rank)
);
CREATE INDEX ix_transcript_conversation_id ON transcript (conversation_id);
CREATE TABLE tickets (
    id VARCHAR(64) NOT NULL,
    state VARCHAR(20) NOT NULL,
    priority INTEGER NOT NULL,
    opened_at {instant} NOT NULL,
    agent VARCHAR(100),
    taken_at {instant},
    ended_at {instant},
    rank INTEGER DEFAULT '9' NOT NULL,
    departure VARCHAR(20),
    body {bytes} NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX tickets_queue ON tickets (state, priority, opened_at);
CREATE INDEX tickets_taken ON tickets (taken_at);
CREATE INDEX tickets_ended ON tickets (state, ended_at);
"""
_BODY: Final = (
    '{"turn_id":"web:c1#1","conversation_id":"web:c1","at":"2026-05-15T04:00:00Z","message":'
    '{"channel":"web","message_id":"c1/m1","conversation_id":"web:c1","sender":"c1","received_at":'
    '"2026-05-15T04:00:00Z","content":{"kind":"text","text":"查余额"}},"content_version":"c",'
    '"model_version":"m","understanding":null,"heard":"none","decision":"article","calls":[],'
    '"articles":[],"replies":[{"name":"greeting","author":"bot","text":"您好 🙂"}],'
    '"escalated":null,"ticket_id":null}'
)
_ROWS: Final = """
INSERT INTO receipts VALUES
    ('web:c1#1', 'web:c1', 'c1/m1', '2026-05-15 04:00:00.000000', 'c', 'article', {body});
INSERT INTO transcript VALUES
    ('web:c1#1', 0, 'web:c1', '2026-05-15 04:00:00.000000', 'customer', 'customer', '查余额'),
    ('web:c1#1', 1, 'web:c1', '2026-05-15 04:00:00.000000', 'bot', 'greeting', '您好 🙂');
INSERT INTO tickets (id, state, priority, opened_at, body)
    VALUES ('t1', 'waiting', 2, '2026-05-15 04:00:00.000000', {body});
"""


def first_tables(dialect: str) -> list[str]:
    """The statements that make such records."""
    body = _BODY.encode().hex()
    if dialect == "sqlite":
        script = _TABLES.format(instant="DATETIME", bytes="BLOB")
        script += _ROWS.format(body=f"x'{body}'")
    else:
        script = _TABLES.format(instant="TIMESTAMP WITH TIME ZONE", bytes="BYTEA")
        script += _ROWS.format(body=f"'\\x{body}'")
    return [statement for statement in script.split(";") if statement.strip()]
