"""A card is frozen after one clear yes, once; what the bank refuses is told as refused."""

from dataclasses import replace

import pytest
from tests.dialogue.stories import FakeBank, conversation, heard, names, no, understood, yes

from servicebot.content.content import Content
from servicebot.dialogue.say import Say, Words
from servicebot.domain.bank_calls import FreezeCard, ListAccounts, ListCards
from servicebot.domain.bank_items import BankCard
from servicebot.domain.bank_results import Accounts, CardFrozen, Cards, Refused, Unreachable
from servicebot.domain.conversation import Conversation, Identity
from servicebot.domain.heard import Heard, YesNo
from servicebot.domain.understanding import SlotKind, SlotValue

ASIDE = understood("查余额", "account.balance")


def card(tail: str, state: str = "active") -> BankCard:
    return BankCard(card_id=f"card-{tail}", account_id="acc-1", tail=tail, state=state)


def card_bank(*tails: str) -> FakeBank:
    return FakeBank(
        {
            ListCards: Cards(items=tuple(card(tail) for tail in tails or ("8801",))),
            ListAccounts: Accounts(items=()),
            FreezeCard: CardFrozen(card_id="card-8801", tail="8801"),
        }
    )


def at_confirmation(content: Content, bank: FakeBank) -> Conversation:
    asked = bank.decide(conversation(), content, heard("冻结我的卡", "card.freeze"))
    assert names(asked) == ["confirm_freeze"]
    return asked.conversation


def sent(bank: FakeBank) -> list[FreezeCard]:
    return [call for call in bank.calls if isinstance(call, FreezeCard)]


def test_the_terms_name_the_card(content: Content) -> None:
    asked = card_bank().decide(conversation(), content, heard("冻结我的卡", "card.freeze"))
    (one,) = asked.says
    assert isinstance(one, Say)
    assert one.fields["tail"] == Words("8801")


def test_a_yes_freezes_it_once(content: Content) -> None:
    bank = card_bank()
    done = bank.decide(at_confirmation(content, bank), content, yes(), number=2)
    assert names(done) == ["card_frozen"]
    assert done.conversation.task is None
    assert len(sent(bank)) == 1


def test_a_no_says_that_nothing_was_frozen(content: Content) -> None:
    bank = card_bank()
    ended = bank.decide(at_confirmation(content, bank), content, no(), number=2)
    assert names(ended) == ["freeze_cancelled"]
    assert not sent(bank)


@pytest.mark.parametrize(
    ("code", "reply"), [("card_lost", "freeze_refused_lost"), ("core_closed", "freeze_refused")]
)
def test_a_refusal_is_told_with_its_reason_and_ends_it(
    content: Content, code: str, reply: str
) -> None:
    bank = card_bank()
    state = at_confirmation(content, bank)
    bank.answers[FreezeCard] = Refused(code=code)
    told = bank.decide(state, content, yes(), number=2)
    assert names(told) == [reply]
    assert told.conversation.task is None


def test_without_an_answer_it_is_sent_again_only_for_another_yes(content: Content) -> None:
    bank = card_bank()
    state = at_confirmation(content, bank)
    bank.answers[FreezeCard] = Unreachable(maybe_done=True)
    unknown = bank.decide(state, content, yes(), number=2)
    assert names(unknown) == ["freeze_unknown"]
    words = Heard(whole=ASIDE, yes_no=YesNo.NONE, rest=ASIDE)
    aside = bank.decide(unknown.conversation, content, words, number=3)
    assert names(aside) == ["no_account", "freeze_unknown"]
    assert len(sent(bank)) == 1
    bank.answers[FreezeCard] = CardFrozen(card_id="card-8801", tail="8801")
    done = bank.decide(aside.conversation, content, yes(), number=4)
    assert names(done) == ["card_frozen"]
    assert len({call.key for call in sent(bank)}) == 1


def test_a_repetition_that_was_not_sent_leaves_it_open(content: Content) -> None:
    bank = card_bank()
    state = at_confirmation(content, bank)
    bank.answers[FreezeCard] = Unreachable(maybe_done=True)
    unknown = bank.decide(state, content, yes(), number=2)
    bank.answers[FreezeCard] = Unreachable()
    again = bank.decide(unknown.conversation, content, yes(), number=3)
    assert names(again) == ["freeze_unknown"]


def test_a_freeze_that_was_not_sent_is_told_as_not_done_and_asked_anew(content: Content) -> None:
    bank = card_bank()
    state = at_confirmation(content, bank)
    bank.answers[FreezeCard] = Unreachable()
    assert names(bank.decide(state, content, yes(), number=2)) == ["bank_unavailable"]


def test_a_no_without_an_answer_leaves_it_open(content: Content) -> None:
    bank = card_bank()
    state = at_confirmation(content, bank)
    bank.answers[FreezeCard] = Unreachable(maybe_done=True)
    unknown = bank.decide(state, content, yes(), number=2)
    ended = bank.decide(unknown.conversation, content, no(), number=3)
    assert names(ended) == ["freeze_left_open"]
    assert len(sent(bank)) == 1


def test_a_card_that_was_just_frozen_is_not_asked_about_again(content: Content) -> None:
    bank = card_bank()
    lost = bank.decide(conversation(), content, heard("卡丢了", "card.lost"))
    again = bank.decide(lost.conversation, content, heard("冻结我的卡", "card.freeze"), number=2)
    assert names(again) == ["confirm_freeze"]
    done = bank.decide(again.conversation, content, yes(), number=3)
    assert names(done) == ["card_frozen"]
    assert done.conversation.task is None
    assert done.conversation.paused == ()


def test_the_card_named_before_the_link_is_taken_after_it(content: Content) -> None:
    bank = card_bank("8801", "8802")
    tail = SlotValue(kind=SlotKind.TAIL, text="8802", start=0, end=4, value="8802")
    stranger = conversation(identity=Identity(link_id="l", link_url="https://bank.example/l"))
    linked = replace(stranger, identity=Identity(subject="subject-1"))
    words = heard("冻结尾号8802的卡", "card.freeze", slots=(tail,))
    asked = bank.decide(linked, content, words)
    (one,) = asked.says
    assert isinstance(one, Say)
    assert one.fields["tail"] == Words("8802")
