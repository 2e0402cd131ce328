"""What every record store promises."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.contracts.adapters import RecordStores
from tests.contracts.examples import AT, inbound, outbound, receipt, unreadable

from servicebot.domain.errors import UnreadableError
from servicebot.domain.receipts import Receipt
from servicebot.ports.records import Place


async def test_a_receipt_comes_back_byte_for_byte(archive: RecordStores) -> None:
    kept = receipt(inbound("m1"), 1, (outbound("还款 2031.40 元 🙂"),))
    await archive.records.keep([kept])
    assert await archive.records.receipt("wechat:c1#1") == kept
    assert await archive.records.receipt("m1") == kept
    assert await archive.records.receipt("nobody") is None


async def test_keeping_twice_keeps_once_and_the_first(archive: RecordStores) -> None:
    kept = receipt(inbound("m1"), 1, (outbound("first"),))
    await archive.records.keep([kept])
    await archive.records.keep([replace(kept, decision="other"), receipt(inbound("m2"), 2)])
    assert await archive.records.receipt("wechat:c1#1") == kept
    assert await archive.records.receipt("wechat:c1#2") is not None


async def test_the_same_receipt_twice_in_one_batch_is_kept_once(archive: RecordStores) -> None:
    kept = receipt(inbound("m1"), 1, (outbound("said"),))
    await archive.records.keep([kept, kept])
    assert await archive.records.receipt("m1") == kept


async def test_keeping_nothing_is_harmless(archive: RecordStores) -> None:
    await archive.records.keep([])


async def test_keepers_at_once_lose_nothing(archive: RecordStores) -> None:
    receipts = [receipt(inbound(f"m{n}"), n) for n in range(40)]
    await asyncio.gather(*(archive.records.keep(receipts[n : n + 20]) for n in range(0, 21, 5)))
    found = await asyncio.gather(*(archive.records.receipt(f"m{n}") for n in range(40)))
    assert found == receipts


async def test_of_two_turns_for_one_message_the_newest_is_found(archive: RecordStores) -> None:
    older = receipt(inbound("m1"), 1)
    newer = replace(receipt(inbound("m1"), 2), at=AT + timedelta(seconds=1))
    await archive.records.keep([newer, older])
    assert await archive.records.receipt("m1") == newer


async def test_a_conversation_is_found_oldest_first(archive: RecordStores) -> None:
    older = receipt(inbound("m1"), 1)
    newer = replace(receipt(inbound("m2"), 2), at=AT + timedelta(seconds=1))
    other = receipt(inbound("m3", conversation="c2"), 1)
    await archive.records.keep([newer, other, older])
    found = await archive.records.of_conversation("wechat:c1")
    assert (found.receipts, found.unreadable) == ((older, newer), 0)
    assert (await archive.records.of_conversation("nobody")).receipts == ()


async def test_all_receipts_are_read_oldest_first_page_by_page(archive: RecordStores) -> None:
    kept = [at_second(number, second=number // 3) for number in range(10)]
    await archive.records.keep([*kept[5:], *reversed(kept[:5])])
    assert await turns_behind(archive, None) == [one.turn_id for one in kept]
    assert (await archive.records.read_on(None, 0)).end is None


async def test_the_newest_stand_behind_a_place(archive: RecordStores) -> None:
    kept = [at_second(number, second=number // 3) for number in range(10)]
    await archive.records.keep(kept)
    for count in (1, 4, 9):
        place = await archive.records.place_before_last(count)
        assert await turns_behind(archive, place) == [one.turn_id for one in kept[-count:]]
    assert await archive.records.place_before_last(10) is None


async def test_a_page_counts_what_cannot_be_read_and_goes_on_behind_it(
    archive: RecordStores,
) -> None:
    kept = [at_second(number, second=number) for number in range(3)]
    await archive.records.keep([kept[0], unreadable(kept[1]), kept[2]])
    page = await archive.records.read_on(None, 2)
    assert (page.found.receipts, page.found.unreadable) == ((kept[0],), 1)
    assert await turns_behind(archive, page.end) == [kept[2].turn_id]


def at_second(number: int, *, second: int) -> Receipt:
    written = receipt(inbound(f"m{number}"), number)
    return replace(written, at=AT + timedelta(seconds=second))


async def turns_behind(archive: RecordStores, place: Place | None) -> list[str]:
    page, turns = await archive.records.read_on(place, 4), list[str]()
    while page.end is not None:
        turns += [one.turn_id for one in page.found.receipts]
        page = await archive.records.read_on(page.end, 4)
    return turns


async def test_a_receipt_that_cannot_be_read_hides_none_of_the_others(
    archive: RecordStores,
) -> None:
    good = [receipt(inbound(f"m{number}"), number) for number in (1, 3)]
    await archive.records.keep([good[0], unreadable(receipt(inbound("m2"), 2)), good[1]])
    found = await archive.records.of_conversation("wechat:c1")
    assert sorted(found.receipts, key=lambda one: one.turn_id) == good
    assert found.unreadable == 1
    with pytest.raises(UnreadableError, match="m2"):
        await archive.records.receipt("m2")


async def test_of_two_turns_for_one_message_the_one_that_can_be_read_is_found(
    archive: RecordStores,
) -> None:
    older = receipt(inbound("m1"), 1)
    newer = replace(receipt(inbound("m1"), 2), at=AT + timedelta(seconds=1))
    await archive.records.keep([older, unreadable(newer)])
    assert await archive.records.receipt("m1") == older


async def test_words_that_not_every_database_can_hold_are_kept(archive: RecordStores) -> None:
    kept = receipt(inbound("m1"), 1, (outbound("before\0after"),))
    await archive.records.keep([kept])
    assert await archive.records.receipt("m1") == kept
