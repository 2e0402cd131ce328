"""Whose product a question without a product is about: never the figure of one for another."""

from dataclasses import dataclass, replace

from servicebot.content.article import Article
from servicebot.content.content import Content
from servicebot.content.topics import twins_of
from servicebot.dialogue.facts import BankSilent
from servicebot.dialogue.view import TurnView
from servicebot.domain.bank_calls import ListLoans
from servicebot.domain.bank_results import Loans
from servicebot.domain.conversation import Conversation
from servicebot.domain.understanding import SlotKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Which of several twins is meant.

    Attributes:
        answer: The article to answer with; None where the customer must choose.
        others: The same question about other lines, to be offered.
        names_line: Whether the answer has to say which product it is about.
        conversation: The state, with the customer's own lines where they were looked up.
    """

    answer: Article | None
    others: tuple[Article, ...]
    names_line: bool
    conversation: Conversation


def meant_product(article: Article, turn: TurnView, content: Content) -> Meant:
    """Decides by the product that was named, the one spoken of, then the customer's own.

    A stranger gets the likeliest with its product named, and the others as choices.
    """
    conversation = turn.conversation
    plain = Meant(answer=article, others=(), names_line=False, conversation=conversation)
    twins = twins_of(article, content, turn.today)
    if article.line not in twins or _is_named(article, turn):
        return plain
    if len(twins) == 1:
        own, conversation = _own_lines(turn)
        foreign = bool(own) and article.line not in own
        return replace(plain, names_line=foreign, conversation=conversation)
    others = {line: one for line, one in twins.items() if line != article.line}
    own, conversation = _own_lines(turn)
    mine = tuple(twins[line] for line in own if line in twins)
    if not mine:
        return replace(
            plain, others=tuple(others.values()), names_line=True, conversation=conversation
        )
    if len(mine) > 1:
        return Meant(answer=None, others=mine, names_line=True, conversation=conversation)
    return Meant(answer=mine[0], others=(), names_line=True, conversation=conversation)


def _is_named(article: Article, turn: TurnView) -> bool:
    heard, conversation = turn.heard, turn.conversation
    if heard is None or heard.slot(SlotKind.PRODUCT) is not None:
        return True
    in_hand = conversation.task.loan if conversation.task is not None else None
    spoken_of = in_hand.product if in_hand is not None else conversation.last_product
    return spoken_of == article.line


def _own_lines(turn: TurnView) -> tuple[tuple[str, ...], Conversation]:
    """The lines a known customer has a loan of, asked of the bank once for each binding."""
    conversation = turn.conversation
    if not conversation.identity.known:
        return (), conversation
    if conversation.own_lines is not None:
        return conversation.own_lines, conversation
    try:
        found = turn.facts.try_ask(ListLoans(), Loans)
    except BankSilent:
        return (), conversation
    if not isinstance(found, Loans):
        return (), conversation
    lines = tuple(dict.fromkeys(loan.product for loan in found.items if loan.state != "settled"))
    return lines, replace(conversation, own_lines=lines)
