"""Reads many stored values; one that cannot be read hides no other."""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from servicebot.domain.errors import UnreadableError

R = TypeVar("R")
T = TypeVar("T")
_logger = logging.getLogger(__name__)


def readable(what: str, rows: Iterable[R], read: Callable[[R], T]) -> Iterator[T]:
    """What can be read of the rows; the rest is logged by kind and stays where it is."""
    for row in rows:
        try:
            yield read(row)
        except ValueError as error:
            # Only ours is sure to quote nothing of what was stored.
            why = str(error) if isinstance(error, UnreadableError) else type(error).__name__
            _logger.error("unreadable", extra={"what": what, "why": why})  # noqa: TRY400
