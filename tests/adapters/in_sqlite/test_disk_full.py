"""The disk is full: messages are refused whole, nothing that was taken is lost, and it recovers."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from tests.contracts.examples import inbound, result
from tests.contracts.settable_clock import SettableClock
from tests.sealing import SEAL

from servicebot.adapters.in_sqlite.ledger import SqliteLedger, open_sqlite_ledger
from servicebot.domain.errors import UnavailableError
from servicebot.ports.mailbox import Accepted


async def limit_pages(ledger: SqliteLedger, pages: str) -> None:
    """As a disk with no more room: SQLite answers the same SQLITE_FULL."""
    await ledger.database.write(
        lambda db: db.execute(f"PRAGMA max_page_count = {pages}").fetchone()
    )


async def test_a_full_disk_refuses_new_messages_loses_none_and_recovers(tmp_path: Path) -> None:
    path, told, refused = tmp_path / "m.db", [], []
    with closing(open_sqlite_ledger(path, SettableClock(), SEAL)) as ledger:
        pages = await ledger.database.read(lambda db: db.execute("PRAGMA page_count").fetchone())
        await limit_pages(ledger, str(pages[0] + 30))

        async def say(number: int) -> None:
            try:
                taken = await ledger.mailbox.accept(
                    inbound(f"m{number}", conversation=f"c{number}")
                )
            except UnavailableError:
                refused.append(number)
            else:
                assert taken is Accepted.NEW
                told.append(number)

        for first in range(0, 1_000, 20):
            await asyncio.gather(*(say(number) for number in range(first, first + 20)))
        assert told
        assert len(refused) > 100
        check = await ledger.database.read(
            lambda db: db.execute("PRAGMA integrity_check").fetchone()
        )
        assert check[0] == "ok"
        await limit_pages(ledger, "1000000")
        for number in refused:  # the messenger sends again; nothing of the first time stands
            taken = await ledger.mailbox.accept(inbound(f"m{number}", conversation=f"c{number}"))
            assert taken is Accepted.NEW
    with closing(open_sqlite_ledger(path, SettableClock(), SEAL)) as ledger:
        handled = set()
        while (claim := await ledger.mailbox.claim(10)) is not None:
            handled.add(int(claim.message.message_id[1:]))
            await ledger.mailbox.commit(claim, result(claim.message, claim.state, "said"))
        assert handled == set(range(1_000))


async def test_a_store_that_may_not_grow_is_not_ready_until_it_may(tmp_path: Path) -> None:
    with closing(open_sqlite_ledger(tmp_path / "m.db", SettableClock(), SEAL)) as ledger:
        await ledger.check()
        pages = await ledger.database.read(lambda db: db.execute("PRAGMA page_count").fetchone())
        await limit_pages(ledger, str(pages[0]))
        with pytest.raises(UnavailableError, match="full"):
            await ledger.check()
        await limit_pages(ledger, "1000000")
        await ledger.check()
        kept = await ledger.database.read(
            lambda db: db.execute("SELECT * FROM unreadable").fetchall()
        )
        assert kept == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of eight megabytes."""
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if os.geteuid() != 0 or mount is None or unmount is None:
        pytest.skip("only root may mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    words = (mount, "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk))
    if subprocess.run(words, check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    yield disk
    subprocess.run((unmount, str(disk)), check=True)


async def test_a_full_disk_is_not_ready_until_there_is_room(small_disk: Path) -> None:
    """The row that the check once wrote went into old room of the log: a full disk was `ready`."""
    with closing(open_sqlite_ledger(small_disk / "m.db", SettableClock(), SEAL)) as ledger:
        await ledger.mailbox.accept(inbound("m"))
        await ledger.check()
        filler = small_disk / "filler"
        with suppress(OSError), filler.open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * 4096)
        with pytest.raises(UnavailableError, match="room"):
            await ledger.check()
        filler.unlink()
        await ledger.check()
