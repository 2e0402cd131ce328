"""Ways out of the bank that are no page: numbers to call, ids of messengers, addresses for coins."""

from collections.abc import Iterator

from servicebot.screening.find_coins import find_coins
from servicebot.screening.find_handles import find_handles
from servicebot.screening.find_messengers import find_messengers
from servicebot.screening.find_services import find_services
from servicebot.screening.find_turned import find_turned
from servicebot.screening.ids import may_hold_id
from servicebot.screening.reading import Reading
from servicebot.screening.spans import Span


def find_contacts(reading: Reading, *, spoken: bool = False) -> Iterator[Span]:
    """The service numbers, the ids of messengers and the addresses for coins of a text."""
    yield from find_services(reading, spoken=spoken)
    yield from find_coins(reading)
    yield from find_messengers(reading)
    if may_hold_id(reading.text):
        yield from find_handles(reading)
        yield from find_turned(reading)
