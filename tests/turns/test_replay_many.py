"""Turns of a real server with a real sample bank come out the same in any batch, on any threads."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.turns.workshop import LURES, ORIGINS

from servicebot.adapters.system_clock import SystemClock
from servicebot.app.replay import replay_records
from servicebot.app.seal import open_seal
from servicebot.app.stage import LiveStage, open_stage
from servicebot.app.stores import open_records
from servicebot.app.understander import build_understander
from servicebot.content.content import Content
from servicebot.domain.receipts import Receipt
from servicebot.domain.understanding import Language
from servicebot.evaluation.conversations.script import Customer, Script
from servicebot.hearing.listen import Listener
from servicebot.ports.records import Found
from servicebot.settings import Settings
from servicebot.turns.replay import Difference, Replayer
from servicebot.turns.replay_many import Replay, Tally
from servicebot.understanding.microbatch import MicroBatcher
from servicebot.understanding.understand import Understander

KNOWN = Customer(sample="chen-xiaoming", identity="L1")
CHATS = {
    "known": (KNOWN, ("查余额", "我要提前还款", "第一笔", "500", "算了", "what do I owe", "转人工", "急")),
    "stranger": (Customer(), ("微粒贷提前还款要手续费吗", "那逾期呢", "查余额", "hello", "咕噜咕噜")),
}  # fmt: skip


def elsewhere(settings: Settings, folder: Path, threads: int) -> Settings:
    """The records of a stage, and a model on so many threads."""
    understanding = replace(settings.understanding, encoder_threads=threads)
    return replace(settings, store=replace(settings.store, dir=folder), understanding=understanding)


@pytest.fixture
async def recorded(
    settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> Path:
    """The folder of a store in which some chats are recorded."""
    async with open_stage(settings, content, understander, tmp_path) as stage:
        for name, (customer, said) in CHATS.items():
            await play(stage, Script(name=name, customer=customer, turns=()), said)
    return tmp_path


async def all_receipts(settings: Settings) -> tuple[Receipt, ...]:
    seal = open_seal(settings.store, SystemClock())
    async with open_records(settings, seal) as records:
        return (await records.read_on(None, 1000)).found.receipts


async def play(stage: LiveStage, script: Script, said: Sequence[str]) -> None:
    actor = await stage.begin(script)
    for words in said:
        await actor.say(words)


async def test_every_recorded_turn_comes_out_the_same_on_another_number_of_threads(
    recorded: Path, settings: Settings, content: Content
) -> None:
    other = elsewhere(settings, recorded, threads=1)
    found: list[Difference] = []
    mind = (content, build_understander(other, content))
    tally = await replay_records(other, mind, found.append)
    assert found == []
    turns = sum(len(said) for _, said in CHATS.values()) + 2  # the link asked for and approved
    assert tally == Tally(decided_again=turns, same_version=turns)


async def test_one_conversation_or_the_last_turns_are_replayed_alone(
    recorded: Path, settings: Settings, content: Content, understander: Understander
) -> None:
    there = elsewhere(settings, recorded, threads=2)
    mind, found = (content, understander), list[Difference]()
    tally = await replay_records(there, mind, found.append, last=3)
    assert tally == Tally(decided_again=3, same_version=3)
    name = (await all_receipts(there))[0].conversation_id
    tally = await replay_records(there, mind, found.append, conversation=name)
    assert tally.same_version == len(CHATS["known"][1]) + 2
    tally = await replay_records(there, mind, found.append, conversation="web:nobody")
    assert (tally, found) == (Tally(), [])


async def test_another_content_gives_a_report_and_counts_as_another_version(
    recorded: Path, settings: Settings, content: Content, understander: Understander
) -> None:
    key = ("weilidai/early-repayment", Language.ZH)
    article = replace(content.articles[key], answer="Another answer.")
    changed = replace(
        content, articles={**content.articles, key: article}, version="another-version"
    )
    there, found = elsewhere(settings, recorded, threads=2), list[Difference]()
    tally = await replay_records(there, (changed, understander), found.append)
    assert (tally.same_version, tally.differing) == (0, 0)
    assert tally.other_version == tally.decided_again
    assert {one.what for one in found} == {"replies", "state"}
    assert tally.differing_other_version == len({one.turn_id for one in found}) >= 1
    assert any("Another answer." in one.now for one in found)


async def test_what_holds_no_reason_is_counted_and_stops_nothing(
    recorded: Path, settings: Settings, content: Content, understander: Understander
) -> None:
    first, second, *_ = await all_receipts(elsewhere(settings, recorded, threads=2))
    older = replace(first, basis=None)
    gave_up = replace(first, basis=None, decision="gave_up")
    found: list[Difference] = []
    async with MicroBatcher(understander) as batcher:
        replay = Replay(replayer(batcher, content, understander), found.append)
        await replay.add(Found(receipts=(older, second, gave_up), unreadable=2))
    assert replay.tally == Tally(
        decided_again=1, same_version=1, older_edition=1, given_up=1, unreadable=2
    )


async def test_a_turn_that_fails_today_is_told_and_the_others_go_on(
    recorded: Path, settings: Settings, content: Content, understander: Understander
) -> None:
    receipts = await all_receipts(elsewhere(settings, recorded, threads=2))
    found: list[Difference] = []
    without = replace(content, replies={}, version="another-version")
    async with MicroBatcher(understander) as batcher:
        replay = Replay(replayer(batcher, without, understander), found.append)
        await replay.add(Found(receipts=receipts, unreadable=0))
    assert replay.tally.decided_again == len(receipts)
    assert "fails" in {one.what for one in found}


def replayer(batcher: MicroBatcher, content: Content, understander: Understander) -> Replayer:
    return Replayer(Listener(batcher, content), content, understander.model_hash, ORIGINS, LURES)


async def test_the_order_of_the_batches_changes_nothing(
    recorded: Path, settings: Settings, content: Content, understander: Understander
) -> None:
    receipts = list(await all_receipts(elsewhere(settings, recorded, threads=2)))
    random.Random(7).shuffle(receipts)
    found: list[Difference] = []
    async with MicroBatcher(understander, max_batch=5) as batcher:
        replay = Replay(replayer(batcher, content, understander), found.append)
        for first in range(0, len(receipts), 7):
            chunk = tuple(receipts[first : first + 7])
            await replay.add(Found(receipts=chunk, unreadable=0))
    assert found == []
    assert replay.tally.same_version == len(receipts)
