"""The desk: sign in, take, say, hand back; nobody else's conversations."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from argon2 import PasswordHasher

from servicebot.app.stage import LiveStage, open_stage
from servicebot.content.content import Content
from servicebot.desk_settings import Desk
from servicebot.domain.audit import AuditAct
from servicebot.domain.conversation import Owner
from servicebot.domain.desk_people import Account, Role
from servicebot.domain.messages import Text
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander
from servicebot.web.chat_api import inbound


@pytest.fixture
async def stage(
    settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> AsyncIterator[LiveStage]:
    hasher = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
    hashes = {name: hasher.hash(f"{name}-secret") for name in ("li", "wang")}
    people = {
        name: Account(name=name, role=Role.AGENT, password_hash=one) for name, one in hashes.items()
    }
    with_agents = replace(settings, desk=Desk(people=people))
    async with open_stage(with_agents, content, understander, tmp_path) as opened:
        yield opened


class Agent:
    """One browser at the desk."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    async def sign_in(self, name: str, password: str) -> int:
        body = {"name": name, "password": password}
        async with self.session.post("/v1/desk/sign-in", json=body) as response:
            return response.status

    async def post(self, path: str, **body: str) -> tuple[int, Any]:
        async with self.session.post(f"/v1/desk/{path}", json=body or None) as response:
            empty = response.status == 204
            return response.status, None if empty else await response.json(content_type=None)

    async def queue(self) -> Any:
        async with self.session.get("/v1/desk/queue") as response:
            return await response.json(content_type=None)


@pytest.fixture
async def agents(stage: LiveStage) -> AsyncIterator[tuple[Agent, Agent]]:
    jars = [aiohttp.CookieJar(unsafe=True) for _ in range(2)]
    async with (
        aiohttp.ClientSession(stage.url, cookie_jar=jars[0]) as one,
        aiohttp.ClientSession(stage.url, cookie_jar=jars[1]) as two,
    ):
        li, wang = Agent(one), Agent(two)
        assert await li.sign_in("li", "li-secret") == 200
        assert await wang.sign_in("wang", "wang-secret") == 200
        yield li, wang


async def customer_says(stage: LiveStage, text: str, number: str) -> list[str]:
    body = {"conversation": "c1", "id": number, "text": text}
    async with (
        aiohttp.ClientSession(stage.url) as session,
        session.post("/v1/messages?wait=1", json=body) as response,
    ):
        return [reply["name"] for reply in (await response.json())["replies"]]


async def until_lines(stage: LiveStage, count: int) -> None:
    async with asyncio.timeout(10):
        while len(await stage.engine.services.timeline.lines("web:c1", 0)) < count:
            await asyncio.sleep(0.02)


async def test_a_wrong_password_is_refused_and_tries_are_limited(stage: LiveStage) -> None:
    async with aiohttp.ClientSession(stage.url) as session:
        agent = Agent(session)
        assert [await agent.sign_in("li", "wrong") for _ in range(5)] == [401] * 5
        assert await agent.sign_in("li", "li-secret") == 429


@pytest.mark.parametrize("path", ["queue", "socket", "tickets/x/lines"])
async def test_nothing_is_shown_without_signing_in(stage: LiveStage, path: str) -> None:
    async with (
        aiohttp.ClientSession(stage.url) as session,
        session.get(f"/v1/desk/{path}") as response,
    ):
        assert response.status == 401


async def test_a_page_of_another_site_is_refused(agents: tuple[Agent, Agent]) -> None:
    headers = {"Origin": "https://evil.example"}
    async with agents[0].session.get("/v1/desk/queue", headers=headers) as response:
        assert response.status == 401


async def test_a_conversation_goes_to_one_agent_and_back(
    stage: LiveStage, agents: tuple[Agent, Agent]
) -> None:
    li, wang = agents
    await customer_says(stage, "转人工", "1")
    waiting = (await li.queue())["waiting"]
    assert [ticket["reason"] for ticket in waiting] == ["customer_asked"]
    ticket = waiting[0]["id"]
    assert (await li.post("tickets/next"))[0] == 202
    await until_lines(stage, 3)
    assert (await wang.post(f"tickets/{ticket}/take"))[0] == 409
    assert (await wang.post("tickets/next"))[0] == 204
    assert (await wang.post(f"tickets/{ticket}/say", id="w1", text="hello"))[0] == 404
    assert await customer_says(stage, "我想问下", "2") == []
    assert (await li.post(f"tickets/{ticket}/say", id="l1", text="您好,请说"))[0] == 202
    assert (await li.post(f"tickets/{ticket}/say", id="l1", text="您好,请说"))[0] == 202
    assert (await li.post(f"tickets/{ticket}/hand-back"))[0] == 202
    await until_lines(stage, 6)
    assert await customer_says(stage, "谢谢", "3") == ["talk_thanks"]
    lines = await stage.engine.services.timeline.lines("web:c1", 0)
    assert [line.message.name for line in lines] == [
        *("customer", "handover_customer_asked", "agent_joined", "customer"),
        *("agent", "agent_handed_back", "customer", "talk_thanks"),
    ]
    assert (await li.queue())["mine"] == []


@pytest.mark.parametrize(
    "text", ["加我微信 13800138000", "看 http://evil.example", "转到 6222021234567894"]
)
async def test_an_agent_cannot_send_numbers_and_links_off_the_list(
    stage: LiveStage, agents: tuple[Agent, Agent], text: str
) -> None:
    await customer_says(stage, "转人工", "1")
    ticket = (await agents[0].post("tickets/next"))[1]["ticket"]["id"]
    status, answer = await agents[0].post(f"tickets/{ticket}/say", id="1", text=text)
    assert status == 400
    assert "not on the bank's list" in answer["detail"]


@pytest.mark.parametrize(
    "text",
    [
        "麻烦把您收到的验证码告诉我",
        "您去抖音搜理财阿强，里面有教程",
        "加我绿泡泡聊，名字是海边的猫",
    ],
)
async def test_an_agent_cannot_ask_for_secrets_or_lead_a_customer_away(
    stage: LiveStage, agents: tuple[Agent, Agent], text: str
) -> None:
    await customer_says(stage, "转人工", "1")
    ticket = (await agents[0].post("tickets/next"))[1]["ticket"]["id"]
    status, answer = await agents[0].post(f"tickets/{ticket}/say", id="1", text=text)
    assert (status, answer["reason"]) == (400, "lure")
    proper = "您好，请问您的订单号是多少？我帮您查一下进度。"
    assert (await agents[0].post(f"tickets/{ticket}/say", id="2", text=proper))[0] == 202
    newest = [row.entry for row in await stage.engine.services.audit.latest(2)]
    told = {(one.act, one.what, one.detail) for one in newest if one is not None}
    assert (AuditAct.WORDS_REFUSED, ticket, answer["reason"]) in told


async def test_words_that_nobody_sees_are_not_sent(
    stage: LiveStage, agents: tuple[Agent, Agent]
) -> None:
    await customer_says(stage, "转人工", "1")
    ticket = (await agents[0].post("tickets/next"))[1]["ticket"]["id"]
    path = f"tickets/{ticket}/say"
    assert (await agents[0].post(path, id="1", text="\u200b" * 10))[0] == 400


async def test_an_agents_words_say_the_same_once_and_in_order(
    stage: LiveStage, agents: tuple[Agent, Agent]
) -> None:
    await customer_says(stage, "转人工", "1")
    ticket = (await agents[0].post("tickets/next"))[1]["ticket"]["id"]
    for number in range(5):
        await agents[0].post(f"tickets/{ticket}/say", id=str(number), text=f"第{number}句")
    await customer_says(stage, "好", "2")
    lines = await stage.engine.services.timeline.lines("web:c1", 0)
    said = [line.message.text for line in lines if line.message.name == "agent"]
    assert said == [f"第{number}句" for number in range(5)]


async def settled(stage: LiveStage, owner: Owner) -> None:
    """Until the conversation has this owner."""
    async with asyncio.timeout(10):
        while True:
            state = await stage.engine.services.timeline.conversation("web:c1")
            if state is not None and state.owner is owner:
                return
            await asyncio.sleep(0.02)


async def test_a_ticket_that_was_left_cannot_be_taken_and_the_desk_says_why(
    stage: LiveStage, agents: tuple[Agent, Agent]
) -> None:
    await customer_says(stage, "转人工", "1")
    ticket = (await agents[0].queue())["waiting"][0]["id"]
    assert await customer_says(stage, "算了", "2") == ["left_queue"]
    status, answer = await agents[0].post(f"tickets/{ticket}/take")
    assert (status, answer["detail"]) == (409, "The customer has left the queue.")
    status, answer = await agents[0].post(f"tickets/{ticket}/say", id="1", text="您好")
    assert (status, answer["detail"]) == (409, "The customer has left the queue.")
    (left,) = (await agents[0].queue())["left"]
    assert (left["id"], left["departure"]) == (ticket, "gave_up")


async def test_leaving_and_taking_at_once_have_one_winner_and_nobody_speaks_into_the_void(
    stage: LiveStage, agents: tuple[Agent, Agent]
) -> None:
    """Both stand in the mailbox of the conversation: whoever came first decides."""
    li, number = agents[0], iter(range(100))
    for _ in range(8):
        await customer_says(stage, "转人工", str(next(number)))
        ticket = (await li.queue())["waiting"][0]["id"]
        said, (status, answer) = await asyncio.gather(
            customer_says(stage, "算了", str(next(number))), li.post(f"tickets/{ticket}/take")
        )
        if status == 409:
            assert (said, answer["detail"]) == (["left_queue"], "The customer has left the queue.")
            continue
        assert status == 202
        assert (await li.post(f"tickets/{ticket}/say", id=ticket, text="您好,我在"))[0] == 202
        lines = await stage.engine.services.timeline.lines("web:c1", 0)
        assert lines[-1].message.text == "您好,我在"
        assert (await li.post(f"tickets/{ticket}/close"))[0] == 202


async def test_one_ticket_asked_for_by_two_agents_at_once_is_one_agents(
    stage: LiveStage, agents: tuple[Agent, Agent]
) -> None:
    await customer_says(stage, "转人工", "1")
    ticket = (await agents[0].queue())["waiting"][0]["id"]
    taken = await asyncio.gather(*(one.post(f"tickets/{ticket}/take") for one in agents))
    assert sorted(status for status, _ in taken) == [202, 409]
    detail = next(answer["detail"] for status, answer in taken if status == 409)
    assert detail == "Somebody else has taken it."


async def test_who_signs_out_gives_her_customers_back_to_the_queue_with_their_age(
    stage: LiveStage, agents: tuple[Agent, Agent]
) -> None:
    li, wang = agents
    await customer_says(stage, "转人工", "1")
    opened_at = (await li.queue())["waiting"][0]["opened_at"]
    ticket = (await li.post("tickets/next"))[1]["ticket"]["id"]
    await settled(stage, Owner.PERSON)
    assert (await li.post("sign-out"))[0] == 204
    await settled(stage, Owner.QUEUE)
    (waiting,) = (await wang.queue())["waiting"]
    assert (waiting["id"], waiting["opened_at"]) == (ticket, opened_at)
    assert (await wang.post(f"tickets/{ticket}/take"))[0] == 202
    await settled(stage, Owner.PERSON)
    assert (await wang.post(f"tickets/{ticket}/say", id="1", text="您好"))[0] == 202
    assert await customer_says(stage, "你好", "2") == []
    lines = await stage.engine.services.timeline.lines("web:c1", 0)
    said = [line.message.name for line in lines]
    assert said.count("agent_gone") == 1
    assert said.count("agent_joined") == 2
    assert "agent" in said


async def test_danger_marks_the_ticket_at_the_desk_and_the_bot_stays_silent(
    stage: LiveStage, agents: tuple[Agent, Agent]
) -> None:
    await customer_says(stage, "转人工", "1")
    await agents[0].post("tickets/next")
    await settled(stage, Owner.PERSON)
    assert await customer_says(stage, "我不想活了", "2") == []
    (mine,) = (await agents[0].queue())["mine"]
    assert (mine["reason"], mine["priority"]) == ("distress", "urgent")


async def test_a_new_chat_of_the_page_ends_the_wait_in_the_old_one(
    stage: LiveStage, agents: tuple[Agent, Agent]
) -> None:
    services = stage.engine.services
    async with aiohttp.ClientSession(stage.url) as session:
        async with session.post("/v1/chat/sessions", json={}) as response:
            former = (await response.json())["ticket"]
        name = services.chat_tickets.read(former)
        message = inbound(services, name, "1", Text(text="转人工"))
        await services.door.accept(message)
        async with asyncio.timeout(10):
            while not (await agents[0].queue())["waiting"]:
                await asyncio.sleep(0.02)
        async with session.post("/v1/chat/sessions", json={"former": former}) as response:
            assert response.status == 201
        async with session.post("/v1/chat/sessions", json={"former": "forged"}) as response:
            assert response.status == 201
    async with asyncio.timeout(10):
        while (await agents[0].queue())["waiting"]:
            await asyncio.sleep(0.02)
    (left,) = (await agents[0].queue())["left"]
    assert left["departure"] == "superseded"
