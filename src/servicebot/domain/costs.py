"""What being misunderstood costs a customer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What a customer loses, in units of one needless tap; the gates follow from it.

    Attributes:
        tap: Having to pick the right topic from those that are named.
        not_served: Not being understood.
        wrong: Getting another answer as if it were right.
    """

    tap: float = 1.0
    not_served: float = 3.0
    wrong: float = 10.0
