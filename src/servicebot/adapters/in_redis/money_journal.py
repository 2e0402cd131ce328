"""The money journal on Redis: in one place, so that two chats of a customer see each other.

It only helps to find out: the bank's book is the truth, and its idempotency keys are the guarantee.
"""

from dataclasses import replace

from servicebot.adapters.in_redis.partitions import Partitions
from servicebot.adapters.in_redis.scripts import Scripts, micros
from servicebot.domain.bank_results import Refused, Repayment
from servicebot.domain.money import OPEN, MoneyMove, MoveState
from servicebot.turns.readable import readable
from servicebot.turns.sealed_form import SealedForm


class RedisMoneyJournal:
    """One line per idempotency key."""

    def __init__(self, scripts: Scripts, partitions: Partitions, form: SealedForm) -> None:
        self._scripts = scripts
        self._form = form
        self._place = partitions.single("money")

    async def begin(self, move: MoneyMove) -> MoneyMove:
        """Writes the line, or returns the line that stands."""
        stands = await self._scripts.run_and_copy(
            "begin_move",
            self._place,
            *(move.key, move.state.value, self._form.write(move, move.key)),
            *(move.loan_id, micros(move.begun_at), int(move.state in OPEN)),
        )
        return self._move(move.key.encode(), *stands)

    async def intend(self, key: str) -> bool:
        """Writes that the call is going to be sent, if no other move of the loan is open."""
        line = await self._line(key)
        if line is None:
            return True
        return bool(
            await self._scripts.run_and_copy(
                "intend_move",
                self._place,
                key,
                line.loan_id,
                micros(line.begun_at),
                MoveState.INTENT.value,
                *sorted(state.value for state in OPEN),
            )
        )

    async def settle(
        self, key: str, state: MoveState, answer: Repayment | Refused | None = None
    ) -> None:
        """Writes how it stands; an end that has its answer stays."""
        line = await self._line(key)
        if line is None:
            return
        await self._scripts.run_and_copy(
            "settle_move",
            self._place,
            key,
            line.loan_id,
            micros(line.begun_at),
            state.value,
            self._form.write(replace(line, state=state, answer=answer), key),
            int(state in OPEN),
            int(answer is not None),
        )

    async def unresolved(self) -> tuple[MoneyMove, ...]:
        """Lines whose end is not known, oldest first."""
        found = await self._scripts.run("open_moves", self._place)
        return tuple(readable("money move", found, lambda one: self._move(*one)))

    async def find(self, key: str) -> MoneyMove | None:
        """The line of a key."""
        state = await self._scripts.get(f"{self._place}:m:{key}", "state")
        line = await self._line(key)
        if line is None or state is None:
            return None
        return replace(line, state=MoveState(state.decode()))

    async def forget(self, conversation_id: str) -> int:
        """Deletes the lines of a conversation that are not open."""
        gone = 0
        for key in await self._scripts.keys(f"{self._place}:m:"):
            move = await self.find(key)
            if move and move.conversation_id == conversation_id and move.state not in OPEN:
                gone += await self._scripts.run("forget_move", self._place, key, move.state.value)
        return gone

    async def _line(self, key: str) -> MoneyMove | None:
        body = await self._scripts.get(f"{self._place}:m:{key}", "body")
        return self._form.read(MoneyMove, body, key) if body is not None else None

    def _move(self, key: bytes, state: bytes, body: bytes) -> MoneyMove:
        move = self._form.read(MoneyMove, body, key.decode())
        return replace(move, state=MoveState(state.decode()))
