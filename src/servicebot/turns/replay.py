"""Decides a recorded turn again, from its receipt alone, and tells what came out differently."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from servicebot.content.content import Content
from servicebot.domain.bank_calls import BankCall
from servicebot.domain.bank_results import BankResult
from servicebot.domain.conversation import Conversation
from servicebot.domain.desk_facts import DeskAnswer, DeskCall, DeskNow
from servicebot.domain.errors import RejectedError, UnavailableError
from servicebot.domain.receipts import Basis, Receipt
from servicebot.domain.tickets import Ticket
from servicebot.handover.escalate import Escalator
from servicebot.hearing.listen import Listener
from servicebot.ports.lure_reader import LureReader
from servicebot.screening.addresses import read_origin
from servicebot.turns.lapse import UNBOUNDED
from servicebot.turns.stored_form import to_json
from servicebot.turns.think import Thinker
from servicebot.turns.turn import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a turn came to then and now.

    Attributes:
        turn_id: The turn.
        what: Which part differs: `decision`, `replies`, `state`, of the same content and model also
            `understanding`; or `asks` where it now wants to know something that was not asked
            then; or `fails` where there is no decision any more.
        then: The recorded value, in words.
        now: The value of this program and content.
    """

    turn_id: str
    what: str
    then: str
    now: str


class _NotAskedError(RejectedError):
    """The turn asks for a fact that the receipt does not hold."""


class _Recorded:
    """Bank, desk and clock of one turn, as the receipt has them."""

    def __init__(self, receipt: Receipt, basis: Basis) -> None:
        self._bank = {(call.name, call.asked): call.answer for call in receipt.calls}
        self._desk = {record.call: record.answer for record in basis.desk_calls}
        self._desk_now = basis.desk
        self._took_s = iter((0.0, (basis.ended - receipt.at) / timedelta(seconds=1)))

    async def perform(
        self,
        call: BankCall,
        subject: str | None,  # noqa: ARG002  the port's
        conversation: Conversation,  # noqa: ARG002  the port's
    ) -> BankResult:
        answer = self._bank.get((call.name, to_json(call).decode()))
        if answer is None:
            raise _NotAskedError(call.name)
        return answer

    def now(self, at: datetime) -> DeskNow:  # noqa: ARG002  the port's
        return self._desk_now

    async def read(self, call: DeskCall, at: datetime) -> DeskAnswer:  # noqa: ARG002  the port's
        if call not in self._desk:
            raise _NotAskedError(type(call).__name__)
        return self._desk[call]

    def monotonic_s(self) -> float:
        return next(self._took_s)


class _Nowhere:
    """No other chats: whom a turn told is not what it said."""

    async def waiting_of(self, *_: str | None) -> tuple[Ticket, ...]:
        return ()


class Replayer:
    """Runs recorded turns through this program, this content and this model."""

    def __init__(
        self,
        listener: Listener,
        content: Content,
        model_hash: str,
        allowed_origins: frozenset[str],
        lures: LureReader,
    ) -> None:
        self._lures = lures
        self._listener = listener
        self._content = content
        self._model_hash = model_hash
        self._allowed_origins = allowed_origins

    def is_same_version(self, receipt: Receipt) -> bool:
        """Whether the turn was decided by this very content and model."""
        then = (receipt.content_version, receipt.model_version)
        return then == (self._content.version, self._model_hash)

    async def replay(self, receipt: Receipt) -> tuple[Difference, ...]:
        """What comes out differently; nothing where all is the same, byte for byte.

        Raises:
            ValueError: The receipt does not hold what it was decided from: it is of an earlier
                edition, or the turn was given up.
            UnavailableError: The model took too long.
        """
        if receipt.basis is None:
            raise ValueError(f"{receipt.turn_id} does not say what it was decided from.")
        recorded = _Recorded(receipt, receipt.basis)
        links = {link.url for reply in receipt.replies for link in reply.links}
        turn = Turn(
            listener=self._listener,
            thinker=Thinker(recorded, self._content, recorded),
            escalator=Escalator(self._content),
            desk=recorded,
            tickets=_Nowhere(),
            lures=self._lures,
            content=self._content,
            model_hash=self._model_hash,
            clock=recorded,
            allowed_origins=self._allowed_origins | {str(read_origin(url)) for url in links},
            lifetimes=UNBOUNDED,
            holds={},
        )
        try:
            result = await turn.run(receipt.message, receipt.basis.before, receipt.at)
        except _NotAskedError as asks:
            return (_differs(receipt, "asks", "nothing more", str(asks)),)
        except UnavailableError:
            raise
        except Exception as error:  # noqa: BLE001  the others are replayed; this one is told
            return (_differs(receipt, "fails", "an answer", f"{type(error).__name__}: {error}"),)
        return _compare(receipt, result.receipt, closely=self.is_same_version(receipt))


def _compare(then: Receipt, now: Receipt, *, closely: bool) -> tuple[Difference, ...]:
    said_then, said_now = ([reply.plain_text for reply in one.replies] for one in (then, now))
    found = []
    if then.decision != now.decision:
        found.append(_differs(then, "decision", then.decision, now.decision))
    if then.replies != now.replies:
        found.append(_differs(then, "replies", " | ".join(said_then), " | ".join(said_now)))
    if then.basis is not None and now.basis is not None and then.basis.after != now.basis.after:
        found.append(_differs(then, "state", then.basis.after, now.basis.after))
    if closely and then.understanding != now.understanding:
        found.append(_differs(then, "understanding", *map(_best_of, (then, now))))
    return tuple(found)


def _best_of(receipt: Receipt) -> str:
    """What was understood, in short; every digit of the chance."""
    understood = receipt.understanding
    if understood is None or understood.best is None:
        return "nothing"
    best = understood.best
    return f"{best.topic.id} {best.probability!r}, {len(understood.slots)} values"


def _differs(receipt: Receipt, what: str, then: str, now: str) -> Difference:
    return Difference(turn_id=receipt.turn_id, what=what, then=then, now=now)
