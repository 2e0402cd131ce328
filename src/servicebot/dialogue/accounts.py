"""The accounts and cards of a customer as choices, shared by the flows that need one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from servicebot.dialogue.pick import pick, pick_named
from servicebot.dialogue.say import Joined, Say, Value, Words
from servicebot.dialogue.steps import ask
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import ListAccounts, ListCards
from servicebot.domain.bank_items import Account, BankCard
from servicebot.domain.bank_results import Accounts, Cards
from servicebot.domain.task import (
    AccountRef,
    CardFreeze,
    CardRef,
    Choice,
    Named,
    OfAccount,
    Question,
    Task,
)
from servicebot.domain.understanding import SlotKind

# How each is asked: where several may be meant, and where what was named is not there.
_ASKED: Final = {
    Question.WHICH_ACCOUNT: ("ask_which_account", "no_such_account"),
    Question.WHICH_CARD: ("ask_which_card", "no_such_card"),
}


def choose_account(state: OfAccount, task: Task, turn: TurnView) -> OfAccount | Outcome:
    """A step: the account the task is about, asked for where there are several."""
    if state.account is not None:
        return state
    accounts = turn.facts.ask(ListAccounts(), Accounts).items
    if not accounts:
        return Outcome(says=(Say(reply="no_account"),))
    choices = tuple(Choice(id=a.account_id, label=a.tail, tail=a.tail) for a in accounts)
    titles = tuple(account_title(account) for account in accounts)
    picked = _choose(Question.WHICH_ACCOUNT, choices, titles, state, task, turn)
    if isinstance(picked, Outcome):
        return picked
    return replace(state, account=AccountRef(id=picked.id, tail=picked.tail))


def choose_active_card(state: CardFreeze, task: Task, turn: TurnView) -> CardFreeze | Outcome:
    """A step: the card to freeze, asked for where several are active."""
    if state.card is not None:
        return state
    cards = turn.facts.ask(ListCards(), Cards).items
    active = tuple(card for card in cards if card.state == "active")
    if not active:
        return Outcome(says=(Say(reply="no_active_card" if cards else "no_card"),))
    choices = tuple(Choice(id=c.card_id, label=c.tail, tail=c.tail) for c in active)
    titles = tuple(card_title(card) for card in active)
    picked = _choose(Question.WHICH_CARD, choices, titles, state, task, turn)
    if isinstance(picked, Outcome):
        return picked
    return replace(state, card=CardRef(id=picked.id, tail=picked.tail))


def is_missing(tail: str, choices: Sequence[Choice]) -> bool:
    """Whether last digits were named that none of the choices has."""
    return bool(tail) and all(choice.tail != tail for choice in choices)


def account_title(account: Account) -> Value:
    """How an account is named: its name and last four digits, never more of the number."""
    return Joined((Words(account.name), Words(f"({account.tail})")))


def card_title(card: BankCard) -> Value:
    """How a card is named: its last four digits, never more of the number."""
    return Words(f"({card.tail})")


def _choose(
    question: Question,
    choices: tuple[Choice, ...],
    titles: tuple[Value, ...],
    state: OfAccount | CardFreeze,
    task: Task,
    turn: TurnView,
) -> Choice | Outcome:
    """The one that is meant; asked for where that is not sure, or where it is not there."""
    which, missing = _ASKED[question]
    named = _named_now(state.named, question, task, turn)
    if is_missing(named.tail, choices):
        fields: dict[str, Value] = {"tail": Words(named.tail)}
        say = Say(reply=missing, fields=fields, choices=titles)
        left = replace(state, named=replace(named, tail=""))
        return ask(question, left, task, turn, say, choices=choices)
    picked = _picked(choices, named, question, task, turn)
    if picked is not None:
        return picked
    say = Say(reply=which, choices=titles)
    return ask(question, state, task, turn, say, choices=choices)


def _named_now(named: Named, question: Question, task: Task, turn: TurnView) -> Named:
    """What was named before, with the last digits of an answer to this question."""
    slot = turn.heard.slot(SlotKind.TAIL) if turn.heard is not None else None
    if slot is None or task.question is not question:
        return named
    return replace(named, tail=str(slot.value))


def _picked(
    choices: tuple[Choice, ...], named: Named, question: Question, task: Task, turn: TurnView
) -> Choice | None:
    if len(choices) == 1:
        return choices[0]
    if turn.heard is not None and task.question in {None, question}:
        return pick(choices, turn.heard) or pick_named(choices, named)
    return pick_named(choices, named)
