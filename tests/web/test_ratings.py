"""Ratings over HTTP and the page's socket: once, of one's own answers, durable, seen by the desk."""

import asyncio
from typing import Any, Final

import aiohttp
from tests.web.test_chat_socket import Page, open_page, session
from tests.web.test_messages import body, post

from servicebot.app.stage import LiveStage
from servicebot.domain.messages import Rate
from servicebot.web.chat_api import inbound

FEE = "weilidai/early-repayment"
QUESTION = "微粒贷提前还款要手续费吗"


def rating(*, solved: object = True, **other: object) -> dict[str, object]:
    return {"conversation": "c1", "id": "m1", "article": FEE, "solved": solved} | other


async def send(http: aiohttp.ClientSession, value: object) -> tuple[int, dict[str, Any]]:
    async with http.post("/v1/ratings", json=value) as response:
        answer: dict[str, Any] = await response.json(content_type=None)
        return response.status, answer


async def ask(http: aiohttp.ClientSession) -> dict[str, Any]:
    _, answer = await post(http, body(QUESTION), wait="1")
    return answer


async def rule_of(stage: LiveStage, turn: int, chat: str = "c1") -> tuple[str, bool | None]:
    """The rule of a turn, and what it wrote down."""
    async with asyncio.timeout(10):
        while True:
            await stage.engine.flush_records()
            receipt = await stage.engine.records.receipt(f"web:{chat}#{turn}")
            if receipt is not None:
                return receipt.decision, receipt.rated.solved if receipt.rated else None
            await asyncio.sleep(0.02)


async def test_an_answer_out_of_an_article_says_that_it_can_be_rated(
    http: aiohttp.ClientSession,
) -> None:
    assert [reply["ratable"] for reply in (await ask(http))["replies"]] == [True]
    _, greeted = await post(http, body("你好", "m2"), wait="1")
    assert [reply["ratable"] for reply in greeted["replies"]] == [False]


async def test_a_program_rates_once_and_is_told_of_the_second_time(
    http: aiohttp.ClientSession, stage: LiveStage
) -> None:
    await ask(http)
    assert await send(http, rating(solved=False)) == (200, {"accepted": "new"})
    assert await send(http, rating(solved=True)) == (200, {"accepted": "duplicate"})
    assert await rule_of(stage, 2) == ("rating:unsolved", False)
    assert await send(http, rating(solved=True)) == (200, {"accepted": "duplicate"})
    (count,) = await stage.engine.stores.ratings.count()
    assert (count.article, count.solved, count.unsolved) == (FEE, 0, 1)


async def test_of_many_ratings_at_once_one_counts(
    http: aiohttp.ClientSession, stage: LiveStage
) -> None:
    await ask(http)
    answers = await asyncio.gather(*(send(http, rating(solved=n % 2 == 0)) for n in range(10)))
    assert sorted(answer["accepted"] for _, answer in answers).count("new") == 1
    await rule_of(stage, 2)
    (count,) = await stage.engine.stores.ratings.count()
    assert count.solved + count.unsolved == 1


NO_RATINGS: Final = (
    (rating(id="m9"), 404, "no such answer"),
    (rating(article="weilidai/payout-time"), 404, "no such answer"),
    (rating(conversation="c2"), 404, "no such answer"),
    (rating(conversation="page-1"), 400, "belong to the chat page"),
    (rating(article="fee"), 400, "article"),
    (rating(solved="yes"), 400, "solved"),
    ({"conversation": "c1", "id": "m1", "article": FEE}, 400, "solved"),
)


async def test_what_is_no_rating_of_an_own_answer_is_refused(http: aiohttp.ClientSession) -> None:
    await ask(http)
    for value, refused, said in NO_RATINGS:
        status, answer = await send(http, value)
        assert (status, said in answer["detail"]) == (refused, True), value


async def test_a_rating_past_the_door_of_the_page_still_counts_once(
    http: aiohttp.ClientSession, stage: LiveStage
) -> None:
    """As a store restored from a backup would let it in: the state knows it."""
    await ask(http)
    services = stage.engine.services
    for name in ("first", "second"):
        said = Rate(answers="c1/m1", article=FEE, solved=name == "first")
        await services.door.accept(inbound(services, "c1", name, said))
    assert await rule_of(stage, 2) == ("rating:solved", True)
    assert await rule_of(stage, 3) == ("rating:again", None)


async def tap(page: Page, *, solved: bool) -> dict[str, Any]:
    """Rates the answer on a page, as soon as it is shown, and reads what becomes of it."""
    line = await page.until(FEE)
    await page.socket.send_json(
        {
            "type": "rate",
            "id": line["message_id"].split("/")[-1],
            "article": FEE,
            "solved": solved,
        }
    )
    return await told(page)


async def told(page: Page) -> dict[str, Any]:
    while True:
        frame: dict[str, Any] = await page.socket.receive_json(timeout=10)
        if frame["type"] != "lines":
            return frame
        page.lines += frame["lines"]


async def test_two_pages_of_one_chat_rate_once_and_both_are_shown_it(
    http: aiohttp.ClientSession,
) -> None:
    ticket = await session(http)
    first, second = await open_page(http, ticket), await open_page(http, ticket)
    await first.say("1", QUESTION)
    await first.until(FEE)
    await second.until(FEE)
    one, other = await tap(first, solved=False), await tap(second, solved=True)
    assert (one["type"], one["accepted"]) == ("rated", "new")
    assert (other["type"], other["accepted"]) == ("rated", "duplicate")
    for page in (first, second):
        line = await page.until("rating")
        answered = await page.until(FEE)
        assert line["rates"] == {
            "message_id": answered["message_id"], "name": FEE, "solved": False,
        }  # fmt: skip
        assert (line["author"], line["say"]) == ("customer", "")
        await page.until("rated_unsolved")


async def test_a_page_that_is_loaded_again_is_shown_the_rating(
    http: aiohttp.ClientSession,
) -> None:
    ticket = await session(http)
    page = await open_page(http, ticket)
    await page.say("1", QUESTION)
    await page.until(FEE)
    await tap(page, solved=True)
    await page.until("rating")
    again = await open_page(http, ticket)
    assert (await again.until("rating"))["rates"]["solved"] is True
    assert (await tap(again, solved=True))["accepted"] == "duplicate"


async def test_nobody_rates_the_answer_of_another_chat(http: aiohttp.ClientSession) -> None:
    page = await open_page(http, await session(http))
    await page.say("1", QUESTION)
    await page.until(FEE)
    other = await open_page(http, await session(http))
    await other.until("welcome")
    await other.socket.send_json({"type": "rate", "id": "1", "article": FEE, "solved": True})
    assert (await told(other))["type"] == "not_rated"


async def test_a_wrong_rating_is_refused_and_the_chat_goes_on(
    http: aiohttp.ClientSession,
) -> None:
    page = await open_page(http, await session(http))
    await page.until("welcome")
    wrong: tuple[dict[str, object], ...] = (
        {},
        {"id": "?!", "article": FEE, "solved": True},
        {"id": "1", "article": 1, "solved": 1},
    )
    for value in wrong:
        await page.socket.send_json({"type": "rate"} | value)
        refused = await told(page)
        assert (refused["type"], refused["id"], refused["article"]) == ("not_rated", None, None)
    await page.say("1", "你好")
    await page.until("talk_greet")
