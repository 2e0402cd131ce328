"""A gateway's word between us and the bank never ends a repayment; the bank's own code does."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from tests.sealing import FORM, SEAL

from servicebot.adapters.bank_http.bank import HttpBank
from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.adapters.in_sqlite.money_journal import SqliteMoneyJournal
from servicebot.adapters.system_clock import SystemClock
from servicebot.banking.perform import Deadlines, Performer
from servicebot.domain.bank_calls import Repay
from servicebot.domain.bank_results import BankResult, Refused, Unreachable
from servicebot.domain.conversation import Conversation
from servicebot.domain.money import MoveState

REPAY = Repay(key="key-1", quote_id="q", loan_id="l", total_fen=100, account_id="a", step_up_id="s")
CONVERSATION = Conversation(id="web:c1", channel="web", sender="c1")
Body = Mapping[str, object] | None


class Answers:
    """A server that says to every call what it is told to."""

    def __init__(self, bank: HttpBank, journal: SqliteMoneyJournal) -> None:
        self.status = 200
        self.body: Body = None
        self.journal = journal
        self._performer = Performer(
            bank, journal, InProcessShared(SystemClock()), SystemClock(), Deadlines()
        )

    async def repay(self, status: int, body: Body) -> BankResult:
        self.status, self.body = status, body
        return await self._performer.perform(REPAY, "s", CONVERSATION)


@pytest.fixture
async def answers(tmp_path: Path) -> AsyncIterator[Answers]:
    async def answer(request: web.Request) -> web.Response:
        assert request.headers["Idempotency-Key"] == "key-1"
        if made.body is None:
            return web.Response(status=made.status)
        return web.json_response(dict(made.body), status=made.status)

    app = web.Application()
    app.router.add_post("/v1/repayments", answer)
    server = TestServer(app)
    await server.start_server(access_log=None)
    database = open_sqlite_ledger(tmp_path / "m.db", SystemClock(), SEAL).database
    async with aiohttp.ClientSession() as session:
        bank = HttpBank(session, str(server.make_url("")), "token")
        made = Answers(bank, SqliteMoneyJournal(database, FORM))
        yield made
    database.close()
    await server.close()


@pytest.mark.parametrize("body", [None, {}, {"message": "no"}, {"code": "not_of_the_contract"}])
@pytest.mark.parametrize("status", [401, 403, 404, 408, 409, 425, 429, 500, 502, 503, 504])
async def test_a_gateways_refusal_leaves_the_end_open(
    answers: Answers, status: int, body: Body
) -> None:
    assert await answers.repay(status, body) == Unreachable(maybe_done=True)
    assert [move.state for move in await answers.journal.unresolved()] == [MoveState.UNKNOWN]


async def test_an_unknown_state_and_another_total_leave_the_end_open(answers: Answers) -> None:
    posted = {
        "repayment_id": "r",
        "state": "accepted",
        "total_fen": 100,
        "outstanding_fen": 0,
        "receipt_no": "R",
    }
    assert await answers.repay(201, posted) == Unreachable(maybe_done=True)
    other = {**posted, "state": "succeeded", "total_fen": 1}
    assert await answers.repay(201, other) == Unreachable(maybe_done=True)
    assert [move.state for move in await answers.journal.unresolved()] == [MoveState.UNKNOWN]


async def test_the_banks_own_refusal_ends_it(answers: Answers) -> None:
    told = await answers.repay(409, {"status": 409, "code": "insufficient_funds"})
    assert told == Refused(code="insufficient_funds")
    assert await answers.journal.unresolved() == ()
