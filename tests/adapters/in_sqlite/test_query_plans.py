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
from tests.contracts.adapters import MAILBOX_STORES
from tests.contracts.settable_clock import SettableClock

from servicebot.adapters.in_sqlite import database
from servicebot.adapters.in_sqlite.database import Database
from servicebot.adapters.in_sqlite.prune import prune
from servicebot.adapters.in_sqlite.schema import SCHEMA

CONTRACTS = (
    *(test_mailbox, test_outbox, test_timeline),
    *(test_money_journal, test_send_quota, test_unrecorded),
)
# What waits to be recorded is emptied every second and read oldest first.
STAYS_SMALL = "unrecorded"
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
    connect = database._connect

    def traced(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.set_trace_callback(lambda sql: seen.setdefault(LITERAL.sub("?", sql), sql))
        return connection

    monkeypatch.setattr(database, "_connect", traced)
    for number, contract in enumerate(contracts()):
        (folder / str(number)).mkdir()
        with MAILBOX_STORES["in_sqlite"](folder / str(number), SettableClock()) as stores:
            asyncio.run(contract(stores))
    store = Database(folder / "pruned.db", SCHEMA)
    asyncio.run(prune(store, SettableClock()))
    store.close()
    return {
        shape: sql
        for shape, sql in seen.items()
        if sql.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE", "INSERT"))
    }


def test_no_statement_walks_through_a_growing_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements = statements_of(tmp_path, monkeypatch)
    assert len(statements) > 25
    plain = sqlite3.connect(":memory:")
    plain.executescript(SCHEMA)
    walks = [
        f"{plan[3]}: {shape}"
        for shape, sql in statements.items()
        for plan in plain.execute(f"EXPLAIN QUERY PLAN {sql}")
        if plan[3].startswith("SCAN") and "INDEX" not in plan[3] and STAYS_SMALL not in plan[3]
    ]
    assert walks == []
