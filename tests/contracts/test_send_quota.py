"""What every send quota promises."""

import asyncio
from datetime import timedelta

from tests.contracts.adapters import LedgerUnderTest

from servicebot.ports.send_quota import Allowance


async def opened(
    stores: LedgerUnderTest,
    by: str,
    *,
    sends: int = 5,
    lasts_s: float = 60.0,
    kind: str = "message",
    recipient: str = "c1",
) -> None:
    await stores.quota.opened(
        Allowance(
            channel="wechat",
            recipient=recipient,
            kind=kind,
            opened_by=by,
            sends=sends,
            until=stores.clock.now() + timedelta(seconds=lasts_s),
        )
    )


async def take(stores: LedgerUnderTest, *, reserve: int = 0) -> str | None:
    return await stores.quota.take("wechat", "c1", reserve=reserve)


async def left(stores: LedgerUnderTest, recipient: str = "c1") -> int:
    return await stores.quota.left("wechat", recipient)


async def test_nothing_may_be_sent_before_the_customer_wrote(stores: LedgerUnderTest) -> None:
    assert await take(stores) is None
    assert await left(stores) == 0


async def test_a_hundred_takers_get_what_there_is(stores: LedgerUnderTest) -> None:
    await opened(stores, "m1")
    taken = await asyncio.gather(*(take(stores) for _ in range(100)))
    assert [one for one in taken if one is not None] == ["m1"] * 5
    assert await left(stores) == 0


async def test_the_reserve_is_left_to_those_who_may_use_it(stores: LedgerUnderTest) -> None:
    await opened(stores, "m1", sends=2)
    assert await take(stores, reserve=1) == "m1"
    assert await take(stores, reserve=1) is None
    assert await take(stores, reserve=0) == "m1"


async def test_a_new_message_opens_a_full_allowance(stores: LedgerUnderTest) -> None:
    await opened(stores, "m1")
    await take(stores)
    await opened(stores, "m2")
    assert await left(stores) == 5


async def test_the_same_message_opens_nothing_twice(stores: LedgerUnderTest) -> None:
    await opened(stores, "m1")
    await take(stores)
    await opened(stores, "m1")
    assert await left(stores) == 4


async def test_an_allowance_ends(stores: LedgerUnderTest) -> None:
    await opened(stores, "m1", lasts_s=60)
    stores.clock.advance(61)
    assert await left(stores) == 0
    assert await take(stores) is None


async def test_what_ends_first_is_spent_first(stores: LedgerUnderTest) -> None:
    await opened(stores, "m1", sends=2, lasts_s=3600)
    await opened(stores, "tap", sends=1, lasts_s=60, kind="tap")
    assert await left(stores) == 3
    assert [await take(stores) for _ in range(4)] == ["tap", "m1", "m1", None]


async def test_a_send_that_did_not_happen_is_given_back_to_where_it_came_from(
    stores: LedgerUnderTest,
) -> None:
    await opened(stores, "m1", sends=1)
    assert await take(stores) == "m1"
    await stores.quota.give_back("wechat", "c1", "m1")
    assert await left(stores) == 1
    await opened(stores, "m2", sends=1)
    await stores.quota.give_back("wechat", "c1", "m1")
    assert await left(stores) == 1


async def test_customers_do_not_share(stores: LedgerUnderTest) -> None:
    await opened(stores, "m1", recipient="c2")
    assert await take(stores) is None
    assert await left(stores, "c2") == 5
