"""No statement of the embedded store walks through a table that only grows.

Every statement of every contract test is asked for its plan. A sent message, a receipt or a seen id
stays for months, and all writes go through one thread: one walk would hold up everybody.
"""

import asyncio
import inspect
import re
import sqlite3
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from tests.contracts import (
    test_mailbox,
    test_money_journal,
    test_outbox,
    test_send_quota,
    test_timeline,
    test_unrecorded,
)
from tests.contracts.adapters import LEDGERS
from tests.contracts.settable_clock import SettableClock
from tests.sealing import SEAL

from servicebot.adapters.in_sqlite import database, ledger
from servicebot.adapters.in_sqlite.editions import begin_boot, bring_up
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.ports.seal import Seal

CONTRACTS = (
    *(test_mailbox, test_outbox, test_timeline),
    *(test_money_journal, test_send_quota, test_unrecorded),
)
# What waits to be recorded is emptied every second and read oldest first; of the sequences there are
# two.
STAYS_SMALL = ("unrecorded", "sqlite_sequence")
LITERAL = re.compile(r"x?'(?:[^']|'')*'|\b\d+(?:\.\d+)?(?:e-?\d+)?\b", re.IGNORECASE)


def contracts() -> list[Callable[..., Coroutine[Any, Any, None]]]:
    return [
        test
        for module in CONTRACTS
        for name, test in inspect.getmembers(module, inspect.iscoroutinefunction)
        if name.startswith("test_") and list(inspect.signature(test).parameters) == ["stores"]
    ]


def statements_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """An example of every statement the contracts and the pruning run, by its shape."""
    seen: dict[str, str] = {}
    connect, prepare = database._connect, begin_boot

    def trace(connection: sqlite3.Connection) -> None:
        connection.set_trace_callback(lambda sql: seen.setdefault(LITERAL.sub("?", sql), sql))

    def traced(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        trace(connection)
        return connection

    def untraced(connection: sqlite3.Connection, path: Path, seal: Seal) -> None:
        """The steps between editions may walk: they run once."""
        connection.set_trace_callback(None)
        bring_up(connection, path, seal)

    def prepared(connection: sqlite3.Connection, boot: str) -> None:
        prepare(connection, boot)
        trace(connection)

    monkeypatch.setattr(database, "_connect", traced)
    monkeypatch.setattr(ledger, "bring_up", untraced)
    monkeypatch.setattr(ledger, "begin_boot", prepared)
    for number, contract in enumerate(contracts()):
        (folder / str(number)).mkdir()
        asyncio.run(_run(contract, folder / str(number)))
    store = open_sqlite_ledger(folder / "pruned.db", SettableClock(), SEAL)
    asyncio.run(store.prune())
    store.close()
    return {
        shape: sql
        for shape, sql in seen.items()
        if sql.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE", "INSERT"))
    }


async def _run(contract: Callable[..., Coroutine[Any, Any, None]], folder: Path) -> None:
    async with LEDGERS["in_sqlite"](folder, SettableClock()) as stores:
        await contract(stores)


def test_no_statement_walks_through_a_growing_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = statements_of(tmp_path, monkeypatch)
    assert len(statements) > 25
    plain = sqlite3.connect(":memory:", isolation_level=None)
    bring_up(plain, tmp_path / "plain.db", SEAL)
    walks = [
        f"{plan[3]}: {shape}"
        for shape, sql in statements.items()
        for plan in plain.execute(f"EXPLAIN QUERY PLAN {sql}")
        if plan[3].startswith("SCAN")
        and "INDEX" not in plan[3]
        and not any(small in plan[3] for small in STAYS_SMALL)
    ]
    assert walks == []
