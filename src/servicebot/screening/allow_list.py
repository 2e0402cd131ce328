"""What may leave: the bank's pages, and the numbers and hosts of its list while they are valid."""

from dataclasses import dataclass
from datetime import date

from servicebot.screening.addresses import read_origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A number or host that may be named.

    Attributes:
        value: Digits, or a host in lower case.
        valid_from: The first day.
        valid_until: The last day; None where it has none.
    """

    value: str
    valid_from: date
    valid_until: date | None

    def is_valid(self, day: date) -> bool:
        """Whether it may be named on a day of the bank's zone."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What may leave today.

    Attributes:
        origins: `https://host[:port]` of the pages that may be linked to.
        hosts: Hosts that may be named without a scheme, or linked to by https.
        numbers: The digits of telephone numbers.
    """

    origins: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    def has_page(self, address: str) -> bool:
        """Whether an address with its scheme may be shown."""
        origin = read_origin(address)
        if origin is None:
            return False
        is_named = origin.scheme == "https" and not origin.port and origin.host in self.hosts
        return is_named or str(origin) in self.origins


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowList:
    """What may leave, with the days on which it may.

    Attributes:
        origins: Of the pages that the settings name; they have no end.
        contacts: The list of the content.
    """

    origins: frozenset[str] = frozenset()
    contacts: tuple[Contact, ...] = ()

    def on(self, day: date) -> Allowed:
        """What may leave on a day of the bank's zone."""
        valid = {one.value for one in self.contacts if one.is_valid(day)}
        origins = [read_origin(one) for one in self.origins]
        own = {one.host for one in origins if one is not None and not one.port}
        return Allowed(
            origins=frozenset(str(one) for one in origins if one is not None),
            hosts=frozenset(own | {one for one in valid if not one.isdigit()}),
            numbers=frozenset(one for one in valid if one.isdigit()),
        )
