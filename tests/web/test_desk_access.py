"""Who may do what at the desk: every route of the URL table with every role."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.web.desk_stage import PEOPLE, add_people, browser

from servicebot.app.stage import LiveStage, open_stage
from servicebot.content.content import Content
from servicebot.domain.audit import AuditAct
from servicebot.domain.desk_people import Role
from servicebot.domain.tickets import TicketState
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander
from servicebot.web.desk_refusals import DeskRefusedError, Refusal
from servicebot.web.routes import build_app

OPEN = {"ways", "sign-in", "sign-out", "bank-sign-in", "bank-sign-in/done"}
MAY = {
    ("GET", "me"): set(Role),
    ("GET", "queue"): {Role.AGENT, Role.SUPERVISOR},
    ("GET", "socket"): {Role.AGENT, Role.SUPERVISOR},
    ("POST", "tickets/next"): {Role.AGENT, Role.SUPERVISOR},
    ("POST", "tickets/{ticket}/take"): {Role.AGENT, Role.SUPERVISOR},
    ("GET", "tickets/{ticket}/lines"): {Role.AGENT, Role.SUPERVISOR},
    ("POST", "tickets/{ticket}/say"): {Role.AGENT, Role.SUPERVISOR},
    ("POST", "tickets/{ticket}/hand-back"): {Role.AGENT, Role.SUPERVISOR},
    ("POST", "tickets/{ticket}/close"): {Role.AGENT, Role.SUPERVISOR},
    ("POST", "tickets/{ticket}/assign"): {Role.SUPERVISOR},
    ("POST", "people/{name}/sign-out"): {Role.SUPERVISOR, Role.ADMIN},
    ("GET", "audit"): {Role.AUDITOR},
}
_WRITE = {Role.EDITOR, Role.APPROVER}
STUDIO_MAY = {
    ("GET", "me"): _WRITE,
    ("GET", "files"): _WRITE,
    ("GET", "search"): _WRITE,
    ("GET", "file"): _WRITE,
    ("POST", "ask"): _WRITE,
    ("POST", "typed"): _WRITE,
    ("GET", "days"): _WRITE,
    ("GET", "misses"): _WRITE,
    ("POST", "misses/mend"): _WRITE,
    ("GET", "history"): _WRITE,
    ("GET", "history/{commit}"): _WRITE,
    ("POST", "history/{commit}/roll-back"): {Role.APPROVER},
    ("GET", "drafts"): _WRITE,
    ("POST", "drafts"): _WRITE,
    ("GET", "drafts/{draft}"): _WRITE,
    ("POST", "drafts/{draft}/files"): _WRITE,
    ("POST", "drafts/{draft}/take-over"): _WRITE,
    ("POST", "drafts/{draft}/effect"): _WRITE,
    ("GET", "drafts/{draft}/effect"): _WRITE,
    ("POST", "drafts/{draft}/submit"): _WRITE,
    ("POST", "drafts/{draft}/reopen"): _WRITE,
    ("POST", "drafts/{draft}/drop"): _WRITE,
    ("POST", "drafts/{draft}/give-back"): {Role.APPROVER},
    ("POST", "drafts/{draft}/sign"): {Role.APPROVER},
    ("POST", "drafts/{draft}/publish"): {Role.APPROVER},
    ("GET", "tests"): _WRITE,
    ("POST", "tests"): _WRITE,
    ("GET", "tests/template"): _WRITE,
    ("GET", "tests/{test}"): _WRITE,
    ("GET", "tests/{test}/file"): _WRITE,
    ("GET", "tables"): _WRITE,
    ("GET", "tables/file"): _WRITE,
    ("POST", "drafts/{draft}/tables"): _WRITE,
    ("POST", "imports"): _WRITE,
    ("GET", "articles/file"): _WRITE,
}
OTHERS = {
    *(
        "/",
        "/chat",
        "/desk",
        "/studio",
        "/static",
        "/openapi.json",
        "/healthz",
        "/readyz",
        "/metrics",
        "/v1/messages",
        "/v1/ratings",
    ),
    *("/v1/chat/sessions", "/v1/chat/sessions/end", "/v1/chat/socket"),
    *("/webhooks/bank", "/webhooks/wechat"),
}


@pytest.fixture
async def stage(
    settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> AsyncIterator[LiveStage]:
    async with open_stage(settings, content, understander, tmp_path) as opened:
        await add_people(opened)
        yield opened


def urls(stage: LiveStage, prefix: str = "/v1/desk/") -> set[tuple[str, str]]:
    """The desk's URLs as the router has them, without the HEAD that aiohttp adds."""
    found = set()
    for route in build_app(stage.engine.services).router.routes():
        path = route.resource.canonical if route.resource is not None else ""
        if path.startswith(prefix):
            found.add((route.method, path.removeprefix(prefix)))
        elif not path.startswith(("/v1/desk/", "/v1/studio/")):
            assert path in OTHERS, f"{path} is neither of the desk nor known here"
    return {one for one in found if one[0] != "HEAD"}


async def test_every_route_lets_just_its_roles_in(stage: LiveStage) -> None:
    desk = urls(stage)
    guarded = {one for one in desk if one[1] not in OPEN}
    assert guarded == set(MAY)
    for name, role in PEOPLE.items():
        async with browser(stage, name) as one:
            for method, path in sorted(guarded):
                real = path.replace("{ticket}", "x").replace("{name}", "nobody")
                status, _ = await one.call(method, real)
                assert (status == 403) == (role not in MAY[method, path]), (role, path, status)


async def test_the_studio_lets_just_those_in_who_write_and_approve(stage: LiveStage) -> None:
    assert urls(stage, "/v1/studio/") == set(STUDIO_MAY)
    for name, role in PEOPLE.items():
        async with browser(stage, name) as one:
            for method, path in sorted(STUDIO_MAY):
                real = re.sub(r"{(draft|commit|test)}", "x", path)
                async with one.session.request(method, f"/v1/studio/{real}") as answered:
                    may = role in STUDIO_MAY[method, path]
                    assert (answered.status == 403) == (not may), (role, path, answered.status)
    async with browser(stage) as stranger:
        for method, path in sorted(STUDIO_MAY):
            real = re.sub(r"{(draft|commit|test)}", "x", path)
            async with stranger.session.request(method, f"/v1/studio/{real}") as answered:
                assert answered.status == 401, path


async def test_nobody_gets_anything_without_a_session(stage: LiveStage) -> None:
    async with browser(stage) as stranger:
        for method, path in sorted(one for one in urls(stage) if one[1] not in OPEN):
            real = path.replace("{ticket}", "x").replace("{name}", "nobody")
            status, told = await stranger.call(method, real)
            assert (status, told["reason"]) == (401, "sign_in_first"), path


def test_every_refusal_has_words_in_both_languages_of_the_page(project: Path) -> None:
    file = project / "src/servicebot/web/static/desk/refusals.js"
    chinese, english = file.read_text(encoding="utf-8").split("  en: {")
    for reason in Refusal:
        assert re.search(rf"^    {reason}: .*[\u4e00-\u9fff]", chinese, re.MULTILINE), reason
        assert re.search(rf"^    {reason}: .*[a-z]", english, re.MULTILINE), reason
        assert str(DeskRefusedError(reason, named="x"))


async def waiting(stage: LiveStage) -> str:
    """A customer who waits for a person; the ticket."""
    async with browser(stage) as customer:
        body = {"conversation": "c1", "id": "1", "text": "转人工"}
        async with customer.session.post("/v1/messages?wait=1", json=body) as response:
            assert response.status == 200
    (ticket,) = await stage.engine.services.tickets.waiting()
    return ticket.id


async def test_a_supervisor_takes_over_and_reassigns_what_another_holds(stage: LiveStage) -> None:
    ticket = await waiting(stage)
    path = f"tickets/{ticket}"
    async with (
        browser(stage, "ann") as ann,
        browser(stage, "bo") as bo,
        browser(stage, "sue") as sue,
    ):
        assert (await ann.call("POST", f"{path}/take"))[0] == 202
        assert (await bo.call("GET", f"{path}/lines"))[0] == 404
        assert (await bo.call("POST", f"{path}/assign", agent="bo"))[0] == 403
        _, seen = await sue.call("GET", "queue")
        assert [(one["id"], one["agent"]) for one in seen["others"]] == [(ticket, "ann")]
        assert (await sue.call("GET", f"{path}/lines"))[0] == 200
        assert (await sue.call("POST", f"{path}/say", id="1", text="您好"))[0] == 404
        assert (await sue.call("POST", f"{path}/assign", agent="sue"))[0] == 202
        assert (await sue.call("POST", f"{path}/say", id="2", text="您好"))[0] == 202
        assert (await ann.call("POST", f"{path}/say", id="3", text="您好"))[0] == 404
        assert (await sue.call("POST", f"{path}/assign", agent="bo"))[0] == 202
        status, told = await sue.call("POST", f"{path}/assign", agent="nobody")
        assert (status, told["reason"]) == (409, "agent_absent")
        status, told = await sue.call("POST", f"{path}/assign", agent="aud")
        assert (status, told["reason"]) == (409, "agent_absent")
        assert (await bo.call("POST", f"{path}/close"))[0] == 202
        status, told = await sue.call("POST", f"{path}/assign", agent="sue")
        assert (status, told["reason"]) == (409, "closed")
    lines = await stage.engine.services.timeline.lines("web:c1", 0)
    names = [line.message.name for line in lines]
    assert names.count("agent_joined") == 3


async def test_an_admin_ends_the_sessions_of_somebody_who_left(stage: LiveStage) -> None:
    ticket = await waiting(stage)
    async with browser(stage, "ann") as ann, browser(stage, "adm") as adm:
        assert (await ann.call("POST", f"tickets/{ticket}/take"))[0] == 202
        assert await adm.call("POST", "people/ann/sign-out") == (200, {"ended": 1})
        assert (await ann.call("GET", "queue"))[0] == 401
    async with asyncio.timeout(10):
        while True:
            found = await stage.engine.services.tickets.find(ticket)
            if found is not None and found.state is TicketState.WAITING:
                return
            await asyncio.sleep(0.02)


async def test_every_look_and_act_stands_in_the_trail_and_no_word_does(stage: LiveStage) -> None:
    ticket = await waiting(stage)
    path = f"tickets/{ticket}"
    async with browser(stage) as ann:
        assert await ann.sign_in("ann", "wrong") == 401
        assert await ann.sign_in("ann") == 200
        await ann.call("GET", "queue")
        await ann.call("POST", f"{path}/take")
        await ann.call("GET", f"{path}/lines")
        await ann.call("POST", f"{path}/say", id="1", text="您好，请讲")
        await ann.call("GET", "audit")
        await ann.call("POST", f"{path}/hand-back")
        await ann.call("POST", "sign-out")
    rows = await stage.engine.stores.audit.rows(0, 100)
    entries = [row.entry for row in rows if row.entry is not None]
    assert [one.act for one in entries] == [
        *(AuditAct.SIGN_IN_FAILED, AuditAct.SIGNED_IN, AuditAct.QUEUE_SEEN),
        *(AuditAct.TICKET_TAKEN, AuditAct.TICKET_SEEN, AuditAct.WORDS_SENT, AuditAct.REFUSED),
        *(AuditAct.HANDED_BACK, AuditAct.SIGNED_OUT),
    ]
    assert {one.who for one in entries} == {"ann"}
    assert {one.address for one in entries} == {"127.0.0.1"}
    assert [one.conversation for one in entries if one.what == ticket] == ["web:c1"] * 4
    assert not any("您好" in str(one) for one in entries)
    async with browser(stage, "aud") as auditor:
        _, told = await auditor.call("GET", "audit")
    assert [row["act"] for row in told["rows"]][:2] == ["trail_seen", "signed_in"]


async def test_what_cannot_be_written_down_is_not_done_and_not_shown(stage: LiveStage) -> None:
    ticket = await waiting(stage)
    async with browser(stage, "ann") as ann:
        trail = stage.engine.stores.audit
        await trail._engine.run(lambda db: db.execute(text("ALTER TABLE audit RENAME TO gone")))
        assert (await ann.call("GET", "queue"))[0] == 503
        assert (await ann.call("POST", f"tickets/{ticket}/take"))[0] == 503
    found = await stage.engine.services.tickets.find(ticket)
    assert found is not None
    assert found.state is TicketState.WAITING
