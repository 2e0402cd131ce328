"""What being misunderstood costs a customer."""

from dataclasses import dataclass, fields
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What a customer loses, in units of one needless tap; the gates follow from it.

    Attributes:
        tap: Having to pick the right topic from those that are named.
        not_served: Not being understood.
        wrong: Getting another answer as if it were right.
        begun: Having something looked up or begun that was not meant: it shows what it is, and
            asks before anything happens.
    """

    tap: float = 1.0
    not_served: float = 3.0
    wrong: float = 10.0
    begun: float = 4.0


USUAL: Final = Costs()


def parse_costs(text: str) -> Costs:
    """Reads `tap=1;not_served=3;wrong=10;begun=4`; what is not named costs as usual.

    Raises:
        ValueError: An unknown name, or a cost that is no number of 0 or more.
    """
    named = {}
    for part in filter(None, (one.strip() for one in text.split(";"))):
        name, _, amount = (piece.strip() for piece in part.partition("="))
        if name not in {field.name for field in fields(Costs)} or not float(amount) >= 0:
            raise ValueError("write tap=1;not_served=3;wrong=10;begun=4 with numbers of 0 or more")
        named[name] = float(amount)
    return Costs(**named)
