"""Shared values in the embedded store: they outlive a restart, unlike those of one process."""

import sqlite3

from servicebot.adapters.in_sqlite.database import Database
from servicebot.ports.clock import Clock

_FOR_GOOD_S = 253_370_764_800.0  # the year 9999


class SqliteShared:
    """Values with a lifetime in instants; other processes on the file see them too."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def get(self, name: str) -> bytes | None:
        """A value."""
        now = self._now()
        return await self._database.read(lambda db: _value(db, name, now))

    async def put(self, name: str, value: bytes, ttl_s: float | None) -> None:
        """Sets a value."""
        end = self._end(ttl_s)
        await self._database.write(lambda db: _put(db, name, value, end))

    async def put_new(self, name: str, value: bytes, ttl_s: float | None) -> bool:
        """Sets a value where there is none."""
        now, end = self._now(), self._end(ttl_s)

        def work(db: sqlite3.Connection) -> bool:
            if _value(db, name, now) is not None:
                return False
            _put(db, name, value, end)
            return True

        return await self._database.write(work)

    async def count(self, name: str, ttl_s: float) -> int:
        """Adds one to a counter."""
        now, end = self._now(), self._end(ttl_s)

        def work(db: sqlite3.Connection) -> int:
            counted = int(_value(db, name, now) or 0) + 1
            _put(db, name, str(counted).encode(), end)
            return counted

        return await self._database.write(work)

    async def count_within(self, name: str, window_s: float) -> tuple[int, float]:
        """Adds one to a counter that ends `window_s` after its first."""
        now = self._now()

        def work(db: sqlite3.Connection) -> tuple[int, float]:
            query = "SELECT value, ends_at FROM shared_values WHERE name = ? AND ends_at > ?"
            row = db.execute(query, (name, now)).fetchone()
            counted = (int(row["value"]) if row is not None else 0) + 1
            end = float(row["ends_at"]) if row is not None else now + window_s
            _put(db, name, str(counted).encode(), end)
            return counted, end - now

        return await self._database.write(work)

    async def forget(self, *names: str) -> None:
        """Ends values, counters and groups."""
        each = [(name,) for name in names]

        def work(db: sqlite3.Connection) -> None:
            db.executemany("DELETE FROM shared_values WHERE name = ?", each)
            db.executemany("DELETE FROM shared_members WHERE name = ?", each)

        await self._database.write(work)

    async def join(self, group: str, member: str, ttl_s: float) -> None:
        """Puts a member into a group."""
        now, end = self._now(), self._end(ttl_s)

        def work(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM shared_members WHERE name = ? AND ends_at <= ?", (group, now))
            db.execute(
                "INSERT OR IGNORE INTO shared_members (name, member, ends_at) VALUES (?, ?, ?)",
                (group, member, end),
            )
            db.execute("UPDATE shared_members SET ends_at = ? WHERE name = ?", (end, group))

        await self._database.write(work)

    async def leave(self, group: str, member: str) -> None:
        """Takes a member out of a group."""
        statement = "DELETE FROM shared_members WHERE name = ? AND member = ?"
        await self._database.write(lambda db: db.execute(statement, (group, member)))

    async def members(self, group: str) -> frozenset[str]:
        """Who is in a group."""
        now = self._now()
        query = "SELECT member FROM shared_members WHERE name = ? AND ends_at > ?"
        return await self._database.read(
            lambda db: frozenset(str(row["member"]) for row in db.execute(query, (group, now)))
        )

    def _now(self) -> float:
        return self._clock.now().timestamp()

    def _end(self, ttl_s: float | None) -> float:
        return _FOR_GOOD_S if ttl_s is None else self._now() + ttl_s


def _value(db: sqlite3.Connection, name: str, now: float) -> bytes | None:
    query = "SELECT value FROM shared_values WHERE name = ? AND ends_at > ?"
    row = db.execute(query, (name, now)).fetchone()
    return bytes(row["value"]) if row is not None else None


def _put(db: sqlite3.Connection, name: str, value: bytes, end: float) -> None:
    db.execute(
        "INSERT INTO shared_values (name, value, ends_at) VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at",
        (name, value, end),
    )
