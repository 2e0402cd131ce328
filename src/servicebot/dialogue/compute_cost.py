"""A rule: what a loan of so much for so long costs, by the product's own formula, or plainly not."""

from dataclasses import replace
from fractions import Fraction

from servicebot.content.content import Content
from servicebot.content.product import Product
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.remind import aside
from servicebot.dialogue.say import Count, Money, Percent, Say, Term, Value
from servicebot.dialogue.view import TurnView
from servicebot.domain.heard import Heard
from servicebot.domain.interest import (
    DAYS_PER_MONTH,
    MOST_INSTALMENTS,
    interest_of_days,
    month_of_days,
    plan,
    total_interest_fen,
)
from servicebot.domain.marks import Mark
from servicebot.domain.period import Period
from servicebot.domain.understanding import SlotKind

_PER_PERCENT = 100
_PPM = 1_000_000


def compute_cost(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """Answers a question that names a sum and a time; a customer's own rate is never guessed."""
    money, period = heard.slot(SlotKind.MONEY), heard.slot(SlotKind.PERIOD)
    if money is None or period is None or Mark.QUESTION not in heard.whole.marks:
        return None
    if not money.certain or not isinstance(money.value, int) or money.value <= 0:
        return None
    if not isinstance(period.value, Period) or (turn.conversation.task is not None):
        return None
    product = _product(turn, heard, content)
    said = _cost(product, money.value, period.value, content) if product is not None else None
    if product is None or said is None:
        return None
    conversation = replace(turn.conversation, last_product=product.id, misses=0, offered=())
    return aside(f"cost:{product.id}", conversation, said)


def _product(turn: TurnView, heard: Heard, content: Content) -> Product | None:
    """The product that was named, the one spoken of, the customer's only one, or the first."""
    slot = heard.slot(SlotKind.PRODUCT)
    own = turn.conversation.own_lines or ()
    named = str(slot.value) if slot is not None else turn.conversation.last_product
    named = named or (own[0] if len(own) == 1 else "")
    if named:
        product = content.products.get(named)
        return product if product is not None and product.line else None  # else it is no loan
    return next((one for one in content.products.values() if one.method is not None), None)


def _cost(product: Product, fen: int, period: Period, content: Content) -> Say | None:
    fields: dict[str, Value] = {"product": Term(f"product_{product.id}")}
    rate = content.values.get(product.daily_rate)
    if product.method is None or rate is None:
        return Say(reply="cost_not_computed", fields=fields)
    daily = Fraction(rate.value) / _PER_PERCENT
    fields |= {"principal": Money(fen), "rate": Percent(int(daily * _PPM))}
    if period.months and not period.days and period.months <= MOST_INSTALMENTS:
        parts = plan(product.method, fen, month_of_days(daily), period.months)
        interest = total_interest_fen(parts)
        fields |= {"days": Count(DAYS_PER_MONTH), "count": Count(period.months)}
        fields |= {"interest": Money(interest), "total": Money(fen + interest)}
        return Say(reply="cost_computed", fields={**fields, "each": Money(parts[0].total_fen)})
    days = period.days + DAYS_PER_MONTH * period.months
    interest = interest_of_days(fen, daily, days)
    fields |= {"count": Count(days), "interest": Money(interest), "total": Money(fen + interest)}
    return Say(reply="cost_of_days", fields=fields) if days else None
