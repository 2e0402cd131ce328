"""A small bank as docs/bank_api.md has it for repayments, with a road to it that fails as told.

Modes of a call: `ok`; `cut` (never came); `lost` (done, reply lost); `held` (comes when `arrive` is
called); `gateway` (done, another word on the way back) and `gateway_cut` (the same, not done);
`odd` (done, an answer that does not fit); `refused`; `late_done` and `late_undone` (under way
until `decide_late`).
"""

from dataclasses import replace
from datetime import datetime, timedelta

from tests.contracts.settable_clock import SettableClock
from tests.dialogue.stories import quote, repaying_bank

from servicebot.domain.bank_calls import (
    BankCall,
    QuoteRepayment,
    ReadRepayment,
    ReadStepUp,
    Repay,
    StartStepUp,
    VoidRepayment,
)
from servicebot.domain.bank_results import BankResult, Refused, Repayment, StepUp, Voided
from servicebot.domain.errors import UnavailableError

REPAY_MODES = (
    *("ok", "cut", "lost", "held", "gateway", "gateway_cut", "odd"),
    *("refused", "late_done", "late_undone"),
)
KEY_MODES = ("ok", "cut", "lost", "gateway", "odd")
Key = ReadRepayment | VoidRepayment


class ModelBank:
    """One loan; keys, quotes, postings and subjects."""

    def __init__(self, clock: SettableClock) -> None:
        self.mode = "ok"
        self.page_is_silent = False
        self.postings: list[str] = []
        self.sent: set[str] = set()
        self.revoked: set[str | None] = set()
        self._clock = clock
        self._answers: dict[str, Repayment | Refused] = {}
        self._held: list[tuple[Repay, str | None]] = []
        self._late: dict[str, str] = {}
        self._quotes: dict[str, datetime] = {}
        self._pages = 0

    async def send(self, call: BankCall, subject: str | None) -> BankResult:
        match call:
            case Repay() | ReadRepayment() | VoidRepayment():
                return self._over_the_road(call, subject)
            case QuoteRepayment():
                return self._quote()
            case StartStepUp():
                self._pages += 1
                return StepUp(step_up_id=f"su-{self._pages}", state="pending", url="https://b/x")
            case ReadStepUp():
                if self.page_is_silent:
                    raise UnavailableError("no answer about the page")
                return StepUp(step_up_id=call.step_up_id, state="approved")
            case _:
                return repaying_bank().answers[type(call)]

    def arrive(self) -> None:
        """What was held on its way comes now."""
        for call, subject in self._held:
            self._work(call, subject, "ok")
        self._held.clear()

    def decide_late(self) -> None:
        """What is under way is decided now."""
        for key, mode in self._late.items():
            answer = self._answers[key]
            assert isinstance(answer, Repayment)
            if mode == "late_done":
                self._post(key, answer)
            else:
                self._answers[key] = replace(answer, state="failed", failure_code="core_rejected")
        self._late.clear()

    def _over_the_road(self, call: Repay | Key, subject: str | None) -> BankResult:
        mode = self.mode
        if isinstance(call, Repay):
            self.sent.add(call.key)
        if mode == "held" and isinstance(call, Repay):
            self._held.append((call, subject))
        if mode in {"cut", "held"}:
            raise UnavailableError("cut")
        answer = Refused(code="x") if mode == "gateway_cut" else self._work(call, subject, mode)
        if mode == "lost":
            raise UnavailableError("lost")
        if mode in {"gateway", "gateway_cut"}:
            return Refused(code="forbidden")
        if mode == "odd" and isinstance(answer, Repayment):
            return replace(answer, total_fen=1)
        return answer

    def _work(self, call: Repay | Key, subject: str | None, mode: str) -> BankResult:
        if isinstance(call, Repay):
            if subject in self.revoked:
                return Refused(code="subject_revoked")
            if call.key not in self._answers:
                self._repay(call, mode)
            return self._answers[call.key]
        known = self._answers.get(call.key)
        if isinstance(known, Repayment):
            return known
        if isinstance(call, ReadRepayment):
            return Refused(code="key_unknown")
        self._answers.setdefault(call.key, Refused(code="key_voided"))
        return Voided(key=call.key)

    def _repay(self, call: Repay, mode: str) -> None:
        answer = Repayment(
            repayment_id=f"rep-{call.key}",
            state="processing",
            total_fen=call.total_fen,
            outstanding_fen=750_000,
            receipt_no=None,
        )
        if self._late:
            self._answers[call.key] = Refused(code="loan_busy")
        elif self._clock.now() >= self._quotes[call.quote_id]:
            self._answers[call.key] = Refused(code="quote_expired")
        elif mode == "refused":
            self._answers[call.key] = Refused(code="insufficient_funds")
        elif mode.startswith("late"):
            self._answers[call.key], self._late[call.key] = answer, mode
        else:
            self._post(call.key, answer)

    def _post(self, key: str, answer: Repayment) -> None:
        self.postings.append(key)
        self._answers[key] = replace(answer, state="succeeded", receipt_no=f"R{key}")

    def _quote(self) -> BankResult:
        name = f"q-{len(self._quotes)}"
        self._quotes[name] = self._clock.now() + timedelta(minutes=10)
        return replace(quote(), quote_id=name, valid_until=self._quotes[name])
