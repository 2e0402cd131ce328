"""A customer who writes in another chat waits in one only."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.contracts.adapters import LedgerUnderTest, in_sqlite
from tests.contracts.settable_clock import SettableClock
from tests.contracts.test_tickets import leave, ticket

from servicebot.domain.conversation import Conversation, Identity, Owner
from servicebot.domain.messages import DeskEvent, DeskNews
from servicebot.handover.elsewhere import tell_elsewhere

NEW = Conversation(id="wechat:new", channel="wechat", sender="t1", turns=1)
KNOWN = Identity(subject="s-1")


async def told(
    stores: LedgerUnderTest, before: Conversation, after: Conversation
) -> list[tuple[str, object]]:
    notices = await tell_elsewhere(before, after, stores.tickets, stores.clock.now())
    return [(notice.conversation_id, notice.content) for notice in notices]


@pytest.mark.parametrize("shows", ["a new chat", "links", "calls a person"])
async def test_the_old_chat_is_told_by_the_turn_that_first_shows_it(
    tmp_path: Path, shows: str
) -> None:
    async with in_sqlite(tmp_path, SettableClock()) as stores:
        await leave(stores, replace(ticket("t1"), subject="s-1"))
        before, after = {
            "a new chat": (replace(NEW, turns=0), NEW),
            "links": (replace(NEW, sender="x"), replace(NEW, sender="x", identity=KNOWN)),
            "calls a person": (NEW, replace(NEW, owner=Owner.QUEUE)),
        }[shows]
        news = DeskEvent(news=DeskNews.SUPERSEDED, ticket_id="t1")
        assert await told(stores, before, after) == [("wechat:t1", news)]
        assert await told(stores, after, after) == []


async def test_another_customers_chat_is_left_alone(tmp_path: Path) -> None:
    async with in_sqlite(tmp_path, SettableClock()) as stores:
        await leave(stores, replace(ticket("t1"), subject="s-1"))
        stranger = replace(NEW, sender="x", turns=0, identity=Identity(subject="s-2"))
        assert await told(stores, stranger, stranger) == []
        itself = replace(NEW, id="wechat:t1", turns=0)
        assert await told(stores, itself, itself) == []
