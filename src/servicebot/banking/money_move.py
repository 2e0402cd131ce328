"""The life of a money move: states, events, one table. Pure; who performs and resolves feeds it.

    PREPARED --SENT--> INTENT --NO_ANSWER, ODD, UNDER_WAY, NO_SUCH_KEY--> UNKNOWN
                                                                           |
    INTENT, UNKNOWN, DISPUTED --STILL_ODD--> DISPUTED                      |
                              --SUCCEEDED--> SUCCEEDED   <-----------------+
                              --FAILED, REFUSED, VOIDED--> FAILED
                              --TOO_OLD--> GIVEN_UP

What is not drawn changes nothing, so UNKNOWN and DISPUTED stay while nothing is sure. "No such
key" is no end: the call may still be held on its way. It only allows to void the key, and the
bank's "voided" is the end. An end stays, but for SENT: a line whose answer is not known (of an
earlier edition, or given up) may be sent again with its key, and is open then.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from servicebot.domain.bank_results import BankResult, Refused, Repayment, Unreachable, Voided
from servicebot.domain.money import OPEN, MoneyMove, MoveState
from servicebot.domain.refusals import ENDS_REPAYMENT, KEY_UNKNOWN


class MoveEvent(StrEnum):
    """What can happen to a move.

    Attributes:
        SENT: The call is about to leave this process.
        SUCCEEDED: The bank has posted just what was agreed.
        FAILED: The bank took it and has undone it.
        REFUSED: The bank said no, with a code that is final for the key.
        UNDER_WAY: The bank has it and has not decided.
        NO_ANSWER: No answer, a gateway's, or a refusal that is not final.
        ODD: An answer to the call that does not fit what was agreed.
        STILL_ODD: The same, by key.
        NO_SUCH_KEY: By key: nothing was done so far.
        VOIDED: Nothing was done and nothing will be.
        TOO_OLD: A day has passed.
    """

    SENT = "sent"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    REFUSED = "refused"
    UNDER_WAY = "under_way"
    NO_ANSWER = "no_answer"
    ODD = "odd"
    STILL_ODD = "still_odd"
    NO_SUCH_KEY = "no_such_key"
    VOIDED = "voided"
    TOO_OLD = "too_old"


_WHILE_OPEN: Final[Mapping[MoveEvent, MoveState]] = {
    MoveEvent.SUCCEEDED: MoveState.SUCCEEDED,
    MoveEvent.FAILED: MoveState.FAILED,
    MoveEvent.REFUSED: MoveState.FAILED,
    MoveEvent.VOIDED: MoveState.FAILED,
    MoveEvent.STILL_ODD: MoveState.DISPUTED,
    MoveEvent.TOO_OLD: MoveState.GIVEN_UP,
}
_POSTINGS: Final[Mapping[str, MoveEvent]] = {
    "succeeded": MoveEvent.SUCCEEDED,
    "failed": MoveEvent.FAILED,
    "processing": MoveEvent.UNDER_WAY,
}


def after(state: MoveState, event: MoveEvent) -> MoveState:
    """The state of a move after an event; every pair has one."""
    if state in OPEN:
        if event is MoveEvent.SENT:
            return state
        unsure = MoveState.UNKNOWN if state is MoveState.INTENT else state
        return _WHILE_OPEN.get(event, unsure)
    return MoveState.INTENT if event is MoveEvent.SENT else state


def heard_from_call(move: MoneyMove, result: BankResult) -> MoveEvent:
    """What the answer to the repayment itself means."""
    if isinstance(result, Refused) and result.code in ENDS_REPAYMENT:
        return MoveEvent.REFUSED
    if isinstance(result, Repayment):
        return _posting(move, result) or MoveEvent.ODD
    return MoveEvent.NO_ANSWER


def heard_by_key(move: MoneyMove, result: BankResult) -> MoveEvent:
    """What the answer to reading or voiding the key means; no refusal of these ends a move."""
    match result:
        case Repayment():
            return _posting(move, result) or MoveEvent.STILL_ODD
        case Voided(key=move.key):
            return MoveEvent.VOIDED
        case Refused(code=code) if code == KEY_UNKNOWN:
            return MoveEvent.NO_SUCH_KEY
        case _:
            return MoveEvent.NO_ANSWER


def answer_to_tell(event: MoveEvent, result: BankResult) -> BankResult:
    """What the customer may hear of the answer to the call: the end, or that it is open."""
    sure = {MoveEvent.SUCCEEDED, MoveEvent.FAILED, MoveEvent.REFUSED, MoveEvent.UNDER_WAY}
    return result if event in sure else Unreachable(maybe_done=True)


def _posting(move: MoneyMove, answer: Repayment) -> MoveEvent | None:
    """None where the answer does not fit what was agreed: it is not told as it is."""
    if answer.total_fen != move.amount_fen or answer.outstanding_fen < 0:
        return None
    return _POSTINGS.get(answer.state)
