"""The real parts of a turn around a bank with a table of answers and an ear with a table of words."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from tests.contracts.settable_clock import SettableClock
from tests.dialogue.stories import understood
from tests.sealing import SEAL

from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.adapters.in_sqlite.ledger import SqliteLedger, open_sqlite_ledger
from servicebot.adapters.local_models.local_lure_reader import LocalLureReader
from servicebot.banking.perform import Deadlines, Performer
from servicebot.content.content import Content
from servicebot.domain.bank_calls import BankCall
from servicebot.domain.bank_results import BankResult
from servicebot.domain.conversation import Conversation
from servicebot.domain.errors import UnavailableError
from servicebot.domain.messages import InboundMessage, MessageContent, Text
from servicebot.domain.understanding import Understanding
from servicebot.handover.desk_reader import DeskReader, HoursBoard
from servicebot.handover.escalate import Escalator
from servicebot.hearing.listen import Listener
from servicebot.ports.mailbox import TurnResult
from servicebot.turns.give_up import Apologist
from servicebot.turns.lapse import UNBOUNDED
from servicebot.turns.think import Thinker
from servicebot.turns.turn import Turn
from servicebot.understanding.microbatch import MicroBatcher
from servicebot.understanding.understand import Utterance
from servicebot.web.desk_session import DeskSessions

HOLDS: Mapping[str, timedelta | None] = {"wechat": timedelta(seconds=3), "pushed": None}
ORIGINS = frozenset({"https://bank.example"})


class TableBank:
    """A port that answers from a table; each call takes as long as it is told."""

    def __init__(self, clock: SettableClock) -> None:
        self.answers: dict[type[BankCall], BankResult] = {}
        self.sent: list[tuple[str, str | None]] = []
        self.takes_s = 0.0
        self._clock = clock

    async def send(self, call: BankCall, subject: str | None) -> BankResult:
        self.sent.append((call.name, subject))
        self._clock.advance(self.takes_s)
        if type(call) not in self.answers:
            raise UnavailableError("no answer")
        return self.answers[type(call)]


class TableEar:
    """Understands the words it was taught; everything else means nothing to it."""

    def __init__(self) -> None:
        self.taught: dict[str, Understanding] = {}

    def understand(self, utterances: Sequence[Utterance]) -> tuple[Understanding, ...]:
        return tuple(self.taught.get(one.text, understood(one.text)) for one in utterances)


LURES = LocalLureReader()  # the shipped one, opened once


class Workshop:
    """Everything a turn is made of."""

    def __init__(
        self, ledger: SqliteLedger, clock: SettableClock, batcher: MicroBatcher, ear: TableEar,
        content: Content,
    ) -> None:  # fmt: skip
        self.clock, self.ledger = clock, ledger
        self.bank, self.ear, self.board = TableBank(self.clock), ear, HoursBoard()
        sessions = DeskSessions({}, InProcessShared(clock), clock)
        desk = DeskReader(ledger.tickets, self.board, sessions, timedelta(minutes=10))
        escalator = Escalator(content)
        deadlines = Deadlines(read_s=0.1, move_s=0.1)
        performer = Performer(
            self.bank, ledger.journal, InProcessShared(clock), self.clock, deadlines
        )
        self.thinker = Thinker(performer, content, desk)
        self.listener = Listener(batcher, content)
        self.turn = Turn(
            listener=self.listener,
            thinker=self.thinker,
            escalator=escalator,
            desk=desk,
            tickets=ledger.tickets,
            lures=LURES,
            content=content,
            model_hash="model-1",
            clock=self.clock,
            lifetimes=UNBOUNDED,
            allowed_origins=ORIGINS,
            holds=HOLDS,
        )
        self.apologist = Apologist(escalator, desk, content, pushed=frozenset({"pushed"}))

    async def run(self, message: InboundMessage, state: Conversation | None) -> TurnResult:
        """One turn, now."""
        return await self.turn.run(message, state, self.now)

    def give_up(self, message: InboundMessage, state: Conversation | None) -> TurnResult:
        """The turn instead of one that failed, now."""
        return self.apologist.give_up(message, state, self.now)

    def message(
        self, content: MessageContent | str, number: int = 1, *, channel: str = "web"
    ) -> InboundMessage:
        """What came in just now."""
        return InboundMessage(
            channel=channel,
            message_id=f"m{number}",
            conversation_id="web:c1",
            sender="c1",
            received_at=self.now,
            content=Text(text=content) if isinstance(content, str) else content,
        )

    @property
    def now(self) -> datetime:
        """The instant at which the clock stands."""
        return self.clock.now()


@asynccontextmanager
async def open_workshop(folder: Path, content: Content) -> AsyncIterator[Workshop]:
    """Opens the stores and closes them."""
    clock, ear = SettableClock(), TableEar()
    ledger = open_sqlite_ledger(folder / "m.db", clock, SEAL)
    async with MicroBatcher(ear) as batcher:
        yield Workshop(ledger, clock, batcher, ear, content)
    ledger.close()
