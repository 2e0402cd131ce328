"""Lets a few requests begin each time the loop comes round, one address after another.

Otherwise a crowd's requests, which all arrive between two looks at the network, would be worked on
in one go, and the loop's other duties (health, the pages' sockets, the workers) would wait for all.
Within an address they begin in the order in which they came; who comes from another address does not
stand behind the crowd of one.
"""

import asyncio
from collections import OrderedDict, deque
from typing import Final

from aiohttp import web

EACH_ROUND: Final = 3


class Turnstile:
    """One for a process."""

    def __init__(self, each_round: int = EACH_ROUND) -> None:
        self._each_round = each_round
        self._left = each_round
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self._is_turning = False

    async def pass_through(self, who: str) -> None:
        """Returns when it is the turn of this request from `who`."""
        if self._left > 0 and not self._waiting:
            self._left -= 1
            self._turn_soon()
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(who, deque()).append(turn)
        self._turn_soon()
        await turn

    def _turn_soon(self) -> None:
        if not self._is_turning:
            self._is_turning = True
            asyncio.get_running_loop().call_soon(self._turn)

    def _turn(self) -> None:
        self._is_turning = False
        self._left = self._each_round
        while self._waiting and self._left > 0:
            who, queue = self._waiting.popitem(last=False)
            turn = queue.popleft()
            if queue:
                self._waiting[who] = queue  # behind all others
            if not turn.done():  # who went away took its turn along
                turn.set_result(None)
                self._left -= 1
        if self._waiting:
            self._turn_soon()


TURNSTILE: Final = web.AppKey("turnstile", Turnstile)
