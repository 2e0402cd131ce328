"""Reads what became of customers' questions out of the records, day by day."""

from typing import Final

from servicebot.adapters.in_sql.records import SqlRecords
from servicebot.studio.days import DayCounter, DayFigures

_PAGE: Final = 512


class DayReader:
    """Reads page by page, so that no more than one is in memory."""

    def __init__(self, records: SqlRecords) -> None:
        self._records = records

    async def days(self, count: int) -> tuple[DayFigures, ...]:
        """The newest so many turns, oldest day first."""
        counter = DayCounter()
        place = await self._records.place_before_last(count)
        while (page := await self._records.read_on(place, _PAGE)).end is not None:
            counter.add(page.found.receipts)
            place = page.end
        return counter.days()
