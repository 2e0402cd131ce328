"""A wish to unfreeze a card of a customer who has none that is stopped: said, nobody is called."""

from typing import Final

from servicebot.dialogue.view import TurnView
from servicebot.domain.bank_calls import ListCards
from servicebot.domain.bank_results import Cards

_ACTIVE: Final = "active"


def nothing_frozen(turn: TurnView) -> bool:
    """Whether the bank says that every card of a known customer works."""
    if not turn.conversation.identity.known:
        return False
    cards = turn.facts.try_ask(ListCards(), Cards)
    if not isinstance(cards, Cards):
        return False
    return bool(cards.items) and all(card.state == _ACTIVE for card in cards.items)
