"""What the accounts of the desk promise, on both databases."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import text

from servicebot.adapters.in_sql.accounts import SqlAccounts
from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.domain.desk_people import Account, Role

KEY = b"the key of the tests"
ANN = Account(name="小安", role=Role.AGENT, password_hash="$argon2id$x")


@pytest.fixture
def accounts(records_url: str) -> Iterator[SqlAccounts]:
    with closing(SqlEngine(records_url)) as engine:
        yield SqlAccounts(engine, KEY)


async def test_an_account_is_found_changed_and_removed(accounts: SqlAccounts) -> None:
    assert await accounts.find("小安") is None
    await accounts.put(ANN)
    assert await accounts.find("小安") == ANN
    changed = replace(ANN, role=Role.SUPERVISOR, second_factor=b"\0sealed")
    await accounts.put(changed)
    assert await accounts.every() == (changed,)
    assert await accounts.remove("小安")
    assert not await accounts.remove("小安")
    assert await accounts.find("小安") is None


@pytest.mark.parametrize(
    "change",
    [
        "role = 'admin'",
        "password_hash = '$argon2id$mine'",
        "second_factor = NULL",
        "name = '小李'",
        "bond = ''",
    ],
)
async def test_an_account_that_was_changed_by_hand_is_no_account(
    records_url: str, change: str, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(SqlEngine(records_url)) as engine:
        accounts = SqlAccounts(engine, KEY)
        await accounts.put(replace(ANN, second_factor=b"sealed"))
        await engine.run(lambda db: db.execute(text(f"UPDATE desk_accounts SET {change}")))  # noqa: S608  a test's own
        assert await accounts.every() == ()
        assert await accounts.find("小安") is None
        assert "account_changed_by_hand" in caplog.text
        await accounts.remove("小李")
        await accounts.put(ANN)
        assert await accounts.find("小安") == ANN, "an administrator sets it right"


async def test_a_code_is_used_once_by_one_of_many(accounts: SqlAccounts) -> None:
    await accounts.put(ANN)
    used = await asyncio.gather(*(accounts.use_code("小安", 7) for _ in range(20)))
    assert used.count(True) == 1
    assert not await accounts.use_code("小安", 6)
    await accounts.put(replace(ANN, password_hash="$argon2id$y"))
    assert not await accounts.use_code("小安", 7)
    assert await accounts.use_code("小安", 8)
    assert not await accounts.use_code("nobody", 9)
