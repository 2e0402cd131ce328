"""Which edition serves, told by the worker and read by the studio, in another process or the same."""

import logging
from collections.abc import Sequence
from typing import Final

from servicebot.content.complaint import words_of
from servicebot.domain.edition_now import EditionNow, EditionState, RefusedFor
from servicebot.domain.errors import ContentFault, UnavailableError, UnreadableError
from servicebot.domain.understanding import Language
from servicebot.ports.clock import Clock
from servicebot.ports.shared import Shared
from servicebot.turns.stored_form import from_json, to_json

_NAME: Final = "edition"
_MOST_TOLD: Final = 50
_logger = logging.getLogger(__name__)


class EditionTeller:
    """One value for all processes."""

    def __init__(self, shared: Shared, clock: Clock) -> None:
        self._shared = shared
        self._clock = clock

    async def tell(
        self, version: str, state: EditionState, faults: Sequence[ContentFault] = ()
    ) -> None:
        """Says what serves; a store that does not answer stops no publication."""
        refused = tuple(
            RefusedFor(
                path=one.path,
                line=one.line,
                rule=one.rule,
                zh=words_of(one, Language.ZH),
                en=words_of(one, Language.EN),
            )
            for one in faults[:_MOST_TOLD]
        )
        now = EditionNow(version=version, state=state, since=self._clock.now(), faults=refused)
        try:
            await self._shared.put(_NAME, to_json(now), None)
        except UnavailableError:
            _logger.exception("edition_not_told")

    async def now(self) -> EditionNow | None:
        """What was told last; None where nobody has.

        Raises:
            UnavailableError: The store does not answer.
        """
        found = await self._shared.get(_NAME)
        try:
            return from_json(EditionNow, found) if found is not None else None
        except UnreadableError:
            return None
