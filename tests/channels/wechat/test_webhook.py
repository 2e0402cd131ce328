"""The webhook without HTTP: what it takes, and what becomes of the answer."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.channels.wechat.platform_server import CUSTOMER, SETTINGS, sealed, shown, text_push
from tests.contracts.examples import result
from tests.contracts.settable_clock import SettableClock
from tests.sealing import FORM, SEAL

from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.adapters.in_sqlite.mailbox import SqliteMailbox
from servicebot.adapters.in_sqlite.outbox import SqliteOutbox
from servicebot.adapters.in_sqlite.send_quota import SqliteSendQuota
from servicebot.adapters.system_clock import SystemClock
from servicebot.channels.wechat.webhook import LEASE_S, Answer, WeChatWebhook
from servicebot.domain.errors import MailboxFullError, RejectedError, SignatureError
from servicebot.domain.messages import InboundMessage, Text
from servicebot.ports.mailbox import MOST_WAITING
from servicebot.telemetry.metrics import Metrics
from servicebot.turns.accept import Door
from servicebot.turns.bell import Bell


@dataclass
class Desk:
    """A webhook over its stores; turns are made by hand."""

    clock: SettableClock
    mailbox: SqliteMailbox
    outbox: SqliteOutbox
    quota: SqliteSendQuota
    webhook: WeChatWebhook

    async def answered(self, plain: str, *texts: str) -> Answer:
        """The platform pushes, the turn is done, the platform asks again: what it gets."""
        await self.webhook.push(*sealed(plain, self.clock))
        claim = await self.mailbox.claim(10)
        assert claim is not None
        done = result(claim.message, claim.state, *texts, push_at=self.clock.now())
        await self.mailbox.commit(claim, done)
        return await self.push(plain)

    async def push(self, plain: str) -> Answer:
        return await self.webhook.push(*sealed(plain, self.clock))


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    clock, bell = SettableClock(), Bell()
    database = open_sqlite_ledger(tmp_path / "mailbox.db", SystemClock(), SEAL).database
    mailbox = SqliteMailbox(database, FORM, clock)
    outbox = SqliteOutbox(database, FORM, clock)
    quota = SqliteSendQuota(database, clock)
    webhook = WeChatWebhook(
        SETTINGS,
        door=Door(mailbox, bell, Metrics()),
        outbox=outbox,
        quota=quota,
        bell=bell,
        shared=InProcessShared(clock),
        clock=clock,
        hold_s=0.0,
    )
    yield Desk(clock=clock, mailbox=mailbox, outbox=outbox, quota=quota, webhook=webhook)
    database.close()


def words(answer: Answer) -> str | None:
    nonce = answer.body.split("<Nonce><![CDATA[")[-1].split("]]>")[0]
    return shown(answer.body, nonce)


async def test_an_answer_that_was_written_is_never_pushed(desk: Desk) -> None:
    answer = await desk.answered(text_push("在吗"), "您好")
    assert words(answer) == "您好"
    await desk.webhook.written(answer)
    desk.clock.advance(LEASE_S + 1)
    assert await desk.outbox.claim_delivery(10) is None


async def test_an_answer_that_could_not_be_written_is_pushed_at_once(desk: Desk) -> None:
    answer = await desk.answered(text_push("在吗"), "您好")
    assert await desk.outbox.claim_delivery(10) is None
    await desk.webhook.not_written(answer)
    delivery = await desk.outbox.claim_delivery(10)
    assert delivery is not None
    assert delivery.message.text == "您好"


async def test_an_answer_of_a_server_that_died_is_pushed_when_its_lease_ends(desk: Desk) -> None:
    await desk.answered(text_push("在吗"), "您好")
    assert await desk.outbox.claim_delivery(10) is None
    desk.clock.advance(LEASE_S + 1)
    assert await desk.outbox.claim_delivery(10) is not None


async def test_a_retry_after_a_written_answer_gets_the_same_words_again(desk: Desk) -> None:
    """The platform asks again only where the answer did not arrive."""
    plain = text_push("在吗")
    await desk.webhook.written(await desk.answered(plain, "您好"))
    assert words(await desk.push(plain)) is None
    desk.clock.advance(5)
    again = await desk.push(plain)
    assert words(again) == "您好"
    assert again.deliveries == ()
    await desk.webhook.written(again)
    assert await desk.outbox.claim_delivery(10) is None


async def test_a_retry_after_a_push_gets_nothing_more(desk: Desk) -> None:
    plain = text_push("在吗")
    answer = await desk.answered(plain, "您好")
    await desk.webhook.not_written(answer)
    delivery = await desk.outbox.claim_delivery(10)
    assert delivery is not None
    await desk.outbox.delivered(delivery)
    desk.clock.advance(5)
    assert words(await desk.push(plain)) is None


async def test_what_a_sender_has_in_hand_is_not_said_in_the_response(desk: Desk) -> None:
    plain = text_push("在吗")
    await desk.push(plain)
    claim = await desk.mailbox.claim(10)
    assert claim is not None
    done = result(claim.message, claim.state, "您好", "再见", push_at=desk.clock.now())
    await desk.mailbox.commit(claim, done)
    assert await desk.outbox.claim_delivery(10) is not None
    assert words(await desk.push(plain)) in (None, "再见")


async def test_a_text_too_long_for_a_response_is_left_to_the_push(desk: Desk) -> None:
    answer = await desk.answered(text_push("在吗"), "字" * 700)
    assert answer.body == "success"
    assert await desk.outbox.claim_delivery(10) is not None


async def test_a_message_opens_the_quota_once(desk: Desk) -> None:
    plain = text_push("在吗")
    await desk.push(plain)
    assert await desk.quota.left("wechat", CUSTOMER) == 5
    assert await desk.quota.take("wechat", CUSTOMER, reserve=1)
    await desk.push(plain)
    assert await desk.quota.left("wechat", CUSTOMER) == 4
    await desk.push(text_push("还在吗"))
    assert await desk.quota.left("wechat", CUSTOMER) == 5


async def test_a_customer_who_floods_is_told_to_come_again(desk: Desk) -> None:
    for _ in range(MOST_WAITING):
        await desk.push(text_push("在吗"))
    with pytest.raises(MailboxFullError):
        await desk.push(text_push("在吗"))


async def test_card_numbers_are_masked_before_they_are_stored(desk: Desk) -> None:
    await desk.push(text_push("我的卡号 6222021234567890123"))
    claim = await desk.mailbox.claim(10)
    assert claim is not None
    assert isinstance(claim.message.content, Text)
    assert claim.message.content.text == "我的卡号 ****0123"


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["body", "msg_signature", "timestamp", "nonce"]),
    st.integers(0, 10**6),
    st.integers(0, 6),
)
def test_a_flipped_bit_anywhere_is_refused_or_changes_nothing(
    part: str, place: int, bit: int
) -> None:
    """The receiver's name around the cipher text is not signed; nothing is read from it."""
    webhook = _only_reading()
    query, body = sealed(text_push("查余额", message_id=7), SettableClock())
    before = webhook._open(query, body).message
    if part == "body":
        data = bytearray(body)
        data[place % len(data)] ^= 1 << bit
        body = bytes(data)
    else:
        letters = list(query[part])
        letters[place % len(letters)] = chr(ord(letters[place % len(letters)]) ^ 1 << bit)
        query = {**query, part: "".join(letters)}
    try:
        after: InboundMessage | None = webhook._open(query, body).message
    except (SignatureError, RejectedError):
        return
    assert part == "body"
    assert after == before


@given(st.binary(max_size=300), st.dictionaries(st.sampled_from(["timestamp", "nonce"]), st.text()))
def test_any_request_is_refused_with_an_error_of_ours(body: bytes, query: dict[str, str]) -> None:
    with pytest.raises(RejectedError):
        _only_reading()._open(query, body)


def _only_reading() -> WeChatWebhook:
    nobody = cast("Any", None)
    return WeChatWebhook(
        SETTINGS,
        door=nobody,
        outbox=nobody,
        quota=nobody,
        bell=Bell(),
        shared=InProcessShared(SettableClock()),
        clock=SettableClock(),
    )
