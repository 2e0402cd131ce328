"""Keys are changed and customers erased by command, while the store is in use."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from tests.cli.test_commands import run
from tests.contracts.examples import inbound, result

from servicebot.adapters.sealing.key_sources import new_key
from servicebot.adapters.system_clock import SystemClock
from servicebot.app.stores import open_stores
from servicebot.domain.conversation import Identity
from servicebot.settings import load_settings


def spoken(folder: Path, chat: str, subject: str) -> None:
    """A turn of a customer, in the store of a folder."""

    async def speak() -> None:
        settings = load_settings({"SERVICEBOT_STORE_DIR": str(folder)}, start=folder)
        async with open_stores(settings, SystemClock()) as stores:
            await stores.ledger.mailbox.accept(inbound(chat, conversation=chat))
            claim = await stores.ledger.mailbox.claim(10)
            assert claim is not None
            done = result(claim.message, claim.state, "hello")
            known = replace(done.conversation, identity=Identity(subject=subject))
            receipt = replace(done.receipt, subject=subject)
            await stores.ledger.mailbox.commit(
                claim, replace(done, conversation=known, receipt=receipt)
            )

    asyncio.run(speak())


@pytest.fixture
def store(tmp_path: Path) -> dict[str, str]:
    for chat in ("a", "b"):
        spoken(tmp_path, chat, f"subject-{chat}")
    return {"SERVICEBOT_STORE_DIR": str(tmp_path)}


def test_a_customer_is_exported_held_let_go_and_erased(
    project: Path, store: dict[str, str]
) -> None:
    exported = run("export", "subject-a", folder=project, **store)
    assert [one["turn_id"] for one in orjson.loads(exported.stdout)["receipts"]] == ["wechat:a#1"]
    assert run("hold", "subject-a", "--why", "case 7", folder=project, **store).returncode == 0
    refused = run("erase", "subject-a", "--why", "x", "--yes", folder=project, **store)
    assert refused.returncode == 2
    assert "case 7" in refused.stderr
    assert run("hold", "subject-a", "--release", folder=project, **store).returncode == 0
    erased = run("erase", "subject-a", "--why", "asked", "--yes", folder=project, **store)
    proof = orjson.loads(erased.stdout)
    assert proof["erasure"]["receipts"] == 1
    assert (proof["keys_left"], proof["receipts_left"], proof["lines_left"]) == (0, 0, 0)
    nobody = run("export", "subject-a", folder=project, **store)
    assert "Nothing is kept" in nobody.stderr
    assert run("export", "subject-b", folder=project, **store).returncode == 0


def test_everything_is_sealed_with_a_new_key_and_the_old_one_can_go(
    project: Path, store: dict[str, str]
) -> None:
    folder = Path(store["SERVICEBOT_STORE_DIR"])
    file = folder / "store.keys"
    assert "seals from" in run("keys", "new", folder=project, **store).stdout
    old, coming = run("keys", "list", folder=project, **store).stdout.splitlines()
    assert old.endswith("  in use")
    assert coming.endswith("  0")
    first = file.read_text().splitlines()[0]
    now = new_key(datetime(2026, 1, 1, tzinfo=UTC)).line  # the two minutes are not waited for
    file.write_text(f"{first}\n{now}\n")
    assert "sealed anew" in run("keys", "reseal", folder=project, **store).stdout
    old, _ = run("keys", "list", folder=project, **store).stdout.splitlines()
    assert old.endswith("  0")
    file.write_text(f"{now}\n")
    exported = run("export", "subject-b", folder=project, **store)
    assert [one["turn_id"] for one in orjson.loads(exported.stdout)["receipts"]] == ["wechat:b#1"]


def test_a_lost_key_is_told_and_changes_nothing(project: Path, store: dict[str, str]) -> None:
    file = Path(store["SERVICEBOT_STORE_DIR"]) / "store.keys"
    kept = file.read_text()
    file.unlink()
    ended = run("export", "subject-a", folder=project, **store)
    assert ended.returncode == 2
    assert "the keys it was sealed with" in ended.stderr
    file.write_text(kept)
    file.chmod(0o600)
    assert run("export", "subject-a", folder=project, **store).returncode == 0
