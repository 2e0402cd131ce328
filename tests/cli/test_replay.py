"""`servicebot records replay` as people type it."""

import asyncio
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import orjson
from tests.cli.test_commands import run
from tests.contracts.examples import inbound, receipt, unreadable
from tests.sealing import KEY, records_on

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.app.stage import open_stage
from servicebot.content.content import Content
from servicebot.domain.receipts import Receipt
from servicebot.evaluation.conversations.script import Script
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander


def keep(folder: Path, *receipts: Receipt) -> dict[str, str]:
    """Records of their own, and the settings that name them."""
    url = f"sqlite:///{folder / 'kept.db'}"
    keys = folder / "kept.keys"
    keys.write_text(KEY.line)
    keys.chmod(0o600)
    with closing(SqlEngine(url)) as sql:
        asyncio.run(records_on(sql).keep(receipts))
    return {
        "SERVICEBOT_RECORDS_URL": url,
        "SERVICEBOT_STORE_KEYS_FILE": str(keys),
        "SERVICEBOT_ENCODER_THREADS": "1",
    }


async def spoken(
    settings: Settings, content: Content, understander: Understander, folder: Path
) -> Receipt:
    """The receipt of a real turn."""
    async with open_stage(settings, content, understander, folder) as stage:
        actor = await stage.begin(Script(name="one", turns=()))
        return await actor.say("微粒贷提前还款要手续费吗")


def test_a_turn_that_comes_out_the_same_ends_with_0_and_another_with_1(
    project: Path, settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> None:
    real = asyncio.run(spoken(settings, content, understander, tmp_path))
    places = keep(tmp_path, real)
    ended = run("records", "replay", folder=project, **places)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("1 turns were decided again: 1 of this content and model, 0 ")
    places = keep(tmp_path, replace(real, turn_id="web:other#1", decision="another"))
    ended = run("records", "replay", "--last", "2", "--json", folder=project, **places)
    assert ended.returncode == 1, ended.stderr
    told = orjson.loads(ended.stdout)
    assert (told["decided_again"], told["differing"]) == (2, 1)
    (difference,) = told["differences"]
    assert difference["turn_id"] == "web:other#1"
    assert (difference["what"], difference["then"]) == ("decision", "another")


def test_what_cannot_be_decided_again_is_counted(project: Path, tmp_path: Path) -> None:
    older, broken = receipt(inbound("m1"), 1), unreadable(receipt(inbound("m2"), 2))
    ended = run("records", "replay", folder=project, **keep(tmp_path, older, broken))
    assert ended.returncode == 0, ended.stderr
    assert "2 could not be: 1 of an older edition, 0 given up, 1 unreadable." in ended.stdout
