"""A deadline for a call to Redis that also lets a cancellation through.

The client's own `socket_timeout` sends through `asyncio.wait_for`, which on Python 3.11 swallows a
cancellation that comes just as the sending ends: a loop that was told to end went on for ever.
"""

import asyncio
from collections.abc import Awaitable
from typing import Final, TypeVar

T = TypeVar("T")
ANSWER_S: Final = 5.0


async def in_time(asked: Awaitable[T]) -> T:
    """The answer.

    Raises:
        TimeoutError: There was none within five seconds; the connection is not used again.
    """
    async with asyncio.timeout(ANSWER_S):
        return await asked
