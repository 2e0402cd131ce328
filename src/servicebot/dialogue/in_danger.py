"""What a danger is to the queue."""

from collections.abc import Mapping
from typing import Final

from servicebot.domain.acts import Act
from servicebot.domain.tickets import Reason

REASONS: Final[Mapping[Act, Reason]] = {
    Act.DISTRESS: Reason.DISTRESS,
    Act.THREAT: Reason.THREAT,
    Act.SCAMMED: Reason.FRAUD,
    Act.CARD_LOST: Reason.CARD_LOST,
}
