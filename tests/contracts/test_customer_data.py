"""Whatever the store: an erased customer is gone, others stay, and who is held is kept."""

from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.contracts.adapters import LedgerUnderTest
from tests.contracts.examples import AT, inbound, result
from tests.contracts.test_money_journal import move
from tests.contracts.test_ratings import rated
from tests.contracts.test_sealed import stored
from tests.contracts.test_tickets import ticket
from tests.sealing import SEAL

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.keyring import SqlKeyring
from servicebot.adapters.in_sql.ratings import SqlRatings
from servicebot.adapters.in_sql.records import SqlRecords
from servicebot.domain.conversation import Identity, Owner
from servicebot.domain.errors import RejectedError
from servicebot.domain.messages import Text
from servicebot.domain.money import MoveState
from servicebot.ports.keyring import Hold
from servicebot.turns.archive import archive
from servicebot.turns.customer_data import CustomerData

ANNA, BEN = "subject-anna", "subject-ben"


class Case:
    """A ledger, the records and the keys apart from them."""

    def __init__(self, stores: LedgerUnderTest, sql: SqlEngine, keys: SqlEngine) -> None:
        self.stores = stores
        self.sql = sql
        self.keyring = SqlKeyring(keys, SEAL)
        self.records = SqlRecords(sql, self.keyring)
        self.data = CustomerData(stores.ledger, self.records, self.keyring, stores.clock)

    async def say(
        self, chat: str, number: int, subject: str | None, owner: Owner = Owner.BOT
    ) -> None:
        """A turn after which `subject` is known in the chat; it leaves a ticket of the past."""
        message = inbound(
            f"{chat}-{number}", conversation=chat, content=Text(text=f"secret {chat}")
        )
        await self.stores.mailbox.accept(message)
        claim = await self.stores.mailbox.claim(10)
        assert claim is not None
        done = result(message, claim.state, f"answer {chat}")
        after = replace(done.conversation, identity=Identity(subject=subject), owner=owner)
        left = replace(ticket(f"t-{chat}-{number}"), conversation_id=after.id)
        receipt = replace(done.receipt, subject=subject, tickets=(left,))
        await self.stores.mailbox.commit(
            claim, replace(done, conversation=after, receipt=receipt, tickets=(left,))
        )

    async def archive(self) -> None:
        await archive(self.stores.unrecorded, self.records)

    async def turns(self, chat: str) -> list[str]:
        found = await self.records.of_conversation(f"wechat:{chat}")
        return [receipt.turn_id for receipt in found.receipts]


@pytest.fixture
async def case(stores: LedgerUnderTest, records_url: str, tmp_path: Path) -> AsyncIterator[Case]:
    keys = f"sqlite:///{tmp_path / 'keys.db'}"
    with closing(SqlEngine(records_url)) as sql, closing(SqlEngine(keys)) as apart:
        yield Case(stores, sql, apart)


async def test_an_erased_customer_is_gone_from_every_store_and_others_stay(
    case: Case, tmp_path: Path
) -> None:
    for number, subject in enumerate((None, ANNA, ANNA)):
        await case.say("a", number, subject)
    await case.say("a2", 0, ANNA)
    await case.say("b", 0, BEN)
    await case.stores.journal.begin(replace(move("k"), conversation_id="wechat:a", loan_id="l"))
    await case.stores.journal.settle("k", MoveState.SUCCEEDED)
    await case.archive()
    backup = await case.records.of_conversation("wechat:a")
    proof = await case.data.erase(ANNA, "asked by letter")
    assert (proof.erasure.conversations, proof.erasure.receipts) == (2, 4)
    assert (proof.keys_left, proof.receipts_left, proof.lines_left) == (0, 0, 0)
    assert len(backup.receipts) == 3
    for chat in ("a", "a2"):
        assert await case.turns(chat) == []
        assert await case.stores.timeline.lines(f"wechat:{chat}", 0) == ()
        assert await case.stores.timeline.conversation(f"wechat:{chat}") is None
        assert await case.stores.tickets.find(f"t-{chat}-0") is None
    assert await case.stores.journal.find("k") is None
    raw = await stored(case.stores, tmp_path)
    assert b"wechat:a2" not in raw
    assert b"wechat:b" in raw
    assert await case.turns("b") == ["wechat:b#1"]
    assert len(await case.stores.timeline.lines("wechat:b", 0)) == 2
    assert (await case.keyring.erasures(ANNA))[0].why == "asked by letter"
    with pytest.raises(RejectedError, match="Nothing is kept"):
        await case.data.erase(ANNA, "again")


async def test_the_ratings_of_an_erased_customer_go_with_the_receipts(case: Case) -> None:
    of_both = [rated(1, solved=True, chat="a", subject=ANNA), rated(2, solved=False, chat="b")]
    await case.records.keep(of_both)
    kept = await case.data.export(ANNA)
    assert [one.rated for one in kept.receipts] == [of_both[0].rated]
    await case.data.erase(ANNA, "asked by letter")
    (left,) = await SqlRatings(case.sql).count()
    assert (left.solved, left.unsolved) == (0, 1)


async def test_a_copy_of_the_records_cannot_be_read_without_the_destroyed_key(case: Case) -> None:
    await case.say("a", 0, ANNA)
    await case.archive()
    (key,) = await case.keyring.of_customer(ANNA)
    await case.keyring.destroy([key.id])  # the records stay, as a backup of them does
    found = await case.records.of_conversation("wechat:a")
    assert (found.receipts, found.unreadable) == ((), 1)


async def test_in_a_shared_chat_the_other_customer_keeps_the_receipts(case: Case) -> None:
    for number, subject in enumerate((None, ANNA, BEN)):
        await case.say("a", number, subject)
    await case.archive()
    proof = await case.data.erase(ANNA, "x")
    assert proof.erasure.receipts == 1
    assert await case.turns("a") == ["wechat:a#1", "wechat:a#3"]
    await case.say("a", 3, BEN)
    await case.archive()
    assert await case.turns("a") == ["wechat:a#1", "wechat:a#3", "wechat:a#4"], "no number twice"


async def test_a_chat_in_which_nobody_was_known_is_erased_by_its_name(case: Case) -> None:
    await case.say("a", 0, None)
    await case.say("b", 0, None)
    proof = await case.data.erase("wechat:a", "x")
    assert proof.erasure.receipts == 1
    assert (await case.turns("a"), await case.turns("b")) == ([], ["wechat:b#1"])


@pytest.mark.parametrize("owner", [Owner.QUEUE, Owner.PERSON])
async def test_who_is_with_a_person_is_not_erased_meanwhile(case: Case, owner: Owner) -> None:
    await case.say("a", 0, ANNA, owner)
    with pytest.raises(RejectedError, match="close it first"):
        await case.data.erase(ANNA, "x")
    assert await case.turns("a") == ["wechat:a#1"]


async def test_an_open_repayment_and_a_waiting_message_stop_an_erasure(case: Case) -> None:
    await case.say("a", 0, ANNA)
    await case.stores.journal.begin(replace(move("k"), conversation_id="wechat:a"))
    with pytest.raises(RejectedError, match="not at its end"):
        await case.data.erase(ANNA, "x")
    await case.stores.journal.settle("k", MoveState.FAILED)
    await case.stores.mailbox.accept(inbound("late", conversation="a"))
    with pytest.raises(RejectedError, match="is writing now"):
        await case.data.erase(ANNA, "x")
    assert await case.turns("a") == ["wechat:a#1"]


async def test_who_is_held_is_neither_erased_nor_forgotten_with_age(case: Case) -> None:
    await case.say("a", 0, ANNA)
    await case.say("b", 0, BEN)
    await case.archive()
    await case.keyring.hold(ANNA, Hold(since=AT, why="case 7"))
    with pytest.raises(RejectedError, match="case 7"):
        await case.data.erase(ANNA, "x")
    later = AT + timedelta(days=1)
    assert await case.records.prune(later, await case.keyring.held_keys()) == 1
    assert (await case.turns("a"), await case.turns("b")) == (["wechat:a#1"], [])
    assert await case.keyring.of_customer(BEN) == ()
    await case.keyring.hold(ANNA, None)
    assert await case.records.prune(later, await case.keyring.held_keys()) == 1
    assert await case.turns("a") == []


async def test_what_is_younger_than_its_days_stays(case: Case) -> None:
    await case.say("a", 0, ANNA)
    await case.archive()
    assert await case.records.prune(AT, ()) == 0
    assert await case.turns("a") == ["wechat:a#1"]


async def test_a_customer_gets_all_that_is_kept(case: Case) -> None:
    await case.say("a", 0, ANNA)
    await case.say("b", 0, BEN)
    kept = await case.data.export(ANNA)
    assert [receipt.turn_id for receipt in kept.receipts] == ["wechat:a#1"]
    assert [line.message.text for line in kept.lines["wechat:a"]] == ["secret a", "answer a"]
    assert list(kept.lines) == ["wechat:a"]
