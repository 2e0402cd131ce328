"""What a flow sees of the turn, and what it hands back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from servicebot.dialogue.facts import Facts
from servicebot.dialogue.say import Saying
from servicebot.domain.conversation import Conversation, Identity
from servicebot.domain.desk_facts import OPEN, DeskNow
from servicebot.domain.heard import Heard
from servicebot.domain.messages import BankEvent
from servicebot.domain.task import LoanRef, Task
from servicebot.domain.tickets import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnView:
    """One turn, seen from a flow.

    Attributes:
        conversation: The state before the turn, with the identity as known by now.
        message_id: The message that is handled.
        received_at: When it came, UTC.
        heard: The words; None while a task is taken up again or an event is handled.
        event: The bank's news, if that is what came.
        facts: What the bank has said.
        now: The instant of the turn, UTC.
        today: Its day in the bank's zone.
        desk: Whether people serve now.
    """

    conversation: Conversation
    message_id: str
    received_at: datetime
    heard: Heard | None
    event: BankEvent | None
    facts: Facts
    now: datetime
    today: date
    desk: DeskNow = OPEN

    def silent(self) -> "TurnView":
        """The same turn with nothing said: a flow asks its question again."""
        return replace(self, heard=None, event=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a flow made of a turn.

    Attributes:
        says: What to say, in order.
        task: How it stands now; None when it is done.
        escalate: Why a person is needed, or None.
        identity: The identity where it changed.
        unsettled: The uncertain money moves where they changed.
        loan: The one loan that was told about; None where there was none.
        product: The one product that was told about; empty where there was none.
        given_up: Whether the customer gave the task up: it may be wanted after all.
        told_move: Key of the money move whose end was told; empty where there was none.
    """

    says: tuple[Saying, ...]
    task: Task | None = None
    escalate: Reason | None = None
    identity: Identity | None = None
    unsettled: Mapping[str, str] | None = None
    loan: LoanRef | None = None
    product: str = ""
    given_up: bool = False
    told_move: str = ""
