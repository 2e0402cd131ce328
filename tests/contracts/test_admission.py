"""An honest no: what waits is bounded over every store, and who has a conversation goes first."""

from contextlib import suppress

import pytest
from tests.contracts.adapters import LedgerUnderTest
from tests.contracts.examples import inbound, result

from servicebot.domain.errors import OverloadedError
from servicebot.turns.admission import Admission
from servicebot.turns.pace import FIRST_PER_S

MOST_WAIT_S = 4.0
ROOM = round(FIRST_PER_S * MOST_WAIT_S * 0.25)


def admission_of(stores: LedgerUnderTest) -> Admission:
    return Admission(stores.mailbox, stores.timeline, stores.clock, most_wait_s=MOST_WAIT_S)


async def say(stores: LedgerUnderTest, admission: Admission, conversation: str) -> None:
    message = inbound(f"m-{conversation}", conversation=conversation)
    await admission.check(message)
    await stores.mailbox.accept(message)
    admission.came(message)


async def handle(stores: LedgerUnderTest) -> None:
    claim = await stores.mailbox.claim(10)
    assert claim is not None
    await stores.mailbox.commit(claim, result(claim.message, claim.state, "said"))


async def test_what_was_taken_and_what_was_handled_are_counted(stores: LedgerUnderTest) -> None:
    first = await stores.mailbox.load()
    for name in ("a", "b", "c"):
        await stores.mailbox.accept(inbound(f"m-{name}", conversation=name))
    await stores.mailbox.accept(inbound("m-a", conversation="a"))
    await handle(stores)
    load = await stores.mailbox.load()
    assert (load.waiting, load.handled - first.handled) == (2, 1)


async def test_newcomers_are_refused_beyond_what_is_answered_in_time(
    stores: LedgerUnderTest,
) -> None:
    admission, taken = admission_of(stores), 0
    for number in range(3 * ROOM):
        with suppress(OverloadedError):
            await say(stores, admission, f"c{number}")
            taken += 1
    with pytest.raises(OverloadedError) as caught:
        await say(stores, admission, "last")
    assert (caught.value.retry_after_s or 0) >= 1
    assert ROOM <= taken <= ROOM + 2
    assert (await stores.mailbox.load()).waiting == taken


async def test_who_has_a_conversation_is_taken_while_newcomers_are_not(
    stores: LedgerUnderTest,
) -> None:
    admission = admission_of(stores)
    await say(stores, admission, "known")
    await handle(stores)
    with suppress(OverloadedError):
        for number in range(ROOM + 2):
            await say(stores, admission, f"c{number}")
    with pytest.raises(OverloadedError):
        await say(stores, admission, "newcomer")
    await admission.check(inbound("again", conversation="known"))


async def test_when_workers_do_too_little_those_who_are_known_are_told_too(
    stores: LedgerUnderTest,
) -> None:
    admission = admission_of(stores)
    await say(stores, admission, "known")
    await handle(stores)
    for number in range(ROOM):
        await stores.mailbox.accept(inbound(f"w{number}", conversation=f"w{number}"))
    again = inbound("again", conversation="known")
    await admission.check(again)
    for _ in range(200):
        stores.clock.advance(0.25)
        with suppress(OverloadedError):
            await admission.check(again)
    with pytest.raises(OverloadedError):
        await admission.check(again)


async def test_a_few_are_never_a_crowd_and_a_quiet_mailbox_takes_all_again(
    stores: LedgerUnderTest,
) -> None:
    admission = admission_of(stores)
    with suppress(OverloadedError):
        for number in range(ROOM + 2):
            await say(stores, admission, f"c{number}")
    with pytest.raises(OverloadedError):
        await say(stores, admission, "newcomer")
    for _ in range(ROOM):
        await handle(stores)
    stores.clock.advance(1.0)
    await say(stores, admission, "newcomer")


async def test_a_store_that_was_never_written_to_has_nothing_waiting(
    stores: LedgerUnderTest,
) -> None:
    load = await stores.mailbox.load()
    assert (load.waiting, load.handled) == (0, 0)
