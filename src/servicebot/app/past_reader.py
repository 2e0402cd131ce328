"""Reads what customers have asked out of the records."""

from typing import Final

from servicebot.adapters.in_sql.records import SqlRecords
from servicebot.studio.count_past import PastCounter
from servicebot.studio.past import Past

_PAGE: Final = 512


class PastReader:
    """Reads page by page, so that no more than one is in memory."""

    def __init__(self, records: SqlRecords) -> None:
        self._records = records

    async def newest(self, count: int) -> Past:
        """The newest so many turns."""
        counter = PastCounter()
        place = await self._records.place_before_last(count)
        while (page := await self._records.read_on(place, _PAGE)).end is not None:
            counter.add(page.found.receipts)
            place = page.end
        return counter.past()
