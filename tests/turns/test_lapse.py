"""Who the customer is holds for a while; what they say keeps it, money never rests on it alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.examples import inbound
from tests.dialogue.stories import conversation

from servicebot.domain.conversation import Identity
from servicebot.domain.messages import BankEvent, BankNews, InboundMessage, MessageContent, Text
from servicebot.turns.lapse import UNBOUNDED, Lifetimes, lapse

NOW = datetime(2026, 11, 29, 8, 0, tzinfo=UTC)
LIFETIMES = Lifetimes(idle=timedelta(minutes=30), hard=timedelta(hours=12))
KNOWN = Identity(subject="s", display_name="陈", bound_at=NOW, seen_at=NOW)


def said(content: MessageContent | None = None) -> InboundMessage:
    return inbound("m1", content=content or Text(text="查余额"))


@pytest.mark.parametrize(("minutes", "known"), [(0, True), (29, True), (30, False), (600, False)])
def test_after_half_an_hour_without_a_word_nobody_is_known(minutes: int, known: bool) -> None:  # noqa: FBT001  a case
    before = replace(conversation(identity=KNOWN), own_lines=("weilidai",))
    after = lapse(before, said(), NOW + timedelta(minutes=minutes), LIFETIMES)
    assert after.identity.known is known
    assert after.identity.lapsed is not known
    assert (after.own_lines is None) is not known, "what they have is forgotten with them"


@given(st.lists(st.integers(0, 29), max_size=60))
def test_who_goes_on_talking_stays_known_for_twelve_hours_and_no_longer(pauses: list[int]) -> None:
    state, now = conversation(identity=KNOWN), NOW
    for pause in pauses:
        now += timedelta(minutes=pause)
        state = lapse(state, said(), now, LIFETIMES)
        assert state.identity.known is (now - NOW < LIFETIMES.hard)
        if not state.identity.known:
            return


def test_news_of_the_bank_neither_keeps_nor_ends_it() -> None:
    before = conversation(identity=KNOWN)
    news = said(BankEvent(news=BankNews.STEP_UP_APPROVED, reference_id="su"))
    assert lapse(before, news, NOW + timedelta(hours=20), LIFETIMES) == before


def test_who_was_known_to_the_edition_before_is_known_from_now_on() -> None:
    before = conversation(identity=Identity(subject="s"))
    after = lapse(before, said(), NOW, LIFETIMES)
    assert (after.identity.bound_at, after.identity.seen_at) == (NOW, NOW)


def test_a_turn_that_is_decided_again_finds_what_it_found_then() -> None:
    then = lapse(conversation(identity=KNOWN), said(), NOW + timedelta(hours=1), LIFETIMES)
    assert lapse(then, said(), NOW + timedelta(hours=1), UNBOUNDED) == then
    kept = lapse(conversation(identity=KNOWN), said(), NOW + timedelta(minutes=1), LIFETIMES)
    assert lapse(kept, said(), NOW + timedelta(minutes=1), UNBOUNDED) == kept
