"""Drops what nobody needs any more from the embedded store."""

import sqlite3
from typing import Final

from servicebot.adapters.in_sqlite.database import Database
from servicebot.ports.clock import Clock

_DAY_S: Final = 86_400.0
SEEN_DAYS: Final = 8  # WhatsApp repeats webhooks for up to 7 days
ANSWERS_DAYS: Final = 2
LINES_DAYS: Final = 90  # older ones are in the records


async def prune(database: Database, clock: Clock) -> int:
    """Deletes outlived dedupe keys, answers, lines, finished deliveries and ended sessions.

    Returns:
        How many rows went.
    """
    now = clock.now().timestamp()

    def work(db: sqlite3.Connection) -> int:
        gone = 0
        for statement, days in (
            ("DELETE FROM seen WHERE at < ?", SEEN_DAYS),
            ("DELETE FROM answers WHERE at < ?", ANSWERS_DAYS),
            ("DELETE FROM lines WHERE at < ?", LINES_DAYS),
            ("DELETE FROM outbox WHERE state <> 'waiting' AND at < ?", LINES_DAYS),
            ("DELETE FROM unreadable WHERE at < ?", LINES_DAYS),
            ("DELETE FROM tickets WHERE ended_at < ?", LINES_DAYS),
            ("DELETE FROM sends WHERE expires_at < ?", 0),
            ("DELETE FROM shared_values WHERE ends_at < ?", 0),
            ("DELETE FROM shared_members WHERE ends_at < ?", 0),
        ):
            gone += db.execute(statement, (now - days * _DAY_S,)).rowcount
        return gone

    return await database.write(work)
