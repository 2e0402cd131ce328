"""What may leave: the bank's pages, and the numbers and hosts of its list while they are valid."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from servicebot.screening.addresses import read_origin
from servicebot.screening.reading import read


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A number, host or public account that may be named.

    Attributes:
        value: Digits, a host in lower case, or the name of an account.
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
        names: Of public accounts, folded.
    """

    origins: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def has_page(self, address: str) -> bool:
        """Whether an address with its scheme may be shown."""
        origin = read_origin(address)
        if origin is None:
            return False
        is_named = origin.scheme == "https" and not origin.port and origin.host in self.hosts
        return is_named or str(origin) in self.origins


def allowed(values: Collection[str]) -> Allowed:
    """Numbers, hosts and names of a list, each known by its form."""
    return Allowed(
        hosts=frozenset(one for one in values if "." in one),
        numbers=frozenset(one for one in values if one.isdigit()),
        names=frozenset(read(one).text for one in values if "." not in one and not one.isdigit()),
    )


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
        listed = allowed({one.value for one in self.contacts if one.is_valid(day)})
        origins = [read_origin(one) for one in self.origins]
        own = {one.host for one in origins if one is not None and not one.port}
        return replace(
            listed,
            origins=frozenset(str(one) for one in origins if one is not None),
            hosts=listed.hosts | own,
        )
