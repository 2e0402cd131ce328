"""A binding is taken back after one clear yes, and only then."""

import pytest
from tests.dialogue.stories import FakeBank, conversation, heard, names, no, yes

from servicebot.content.content import Content
from servicebot.domain.bank_calls import Unlink
from servicebot.domain.bank_results import Done, Unreachable
from servicebot.domain.conversation import Conversation
from servicebot.domain.heard import Heard

WISH = "identity.unlink"


def at_confirmation(bank: FakeBank, content: Content) -> Conversation:
    asked = bank.decide(conversation(own_lines=("weilidai",)), content, heard("解绑", WISH))
    assert names(asked) == ["confirm_unlink"]
    assert not bank.calls
    return asked.conversation


def test_a_yes_takes_it_back_and_forgets_whose_loans_they_were(content: Content) -> None:
    bank = FakeBank({Unlink: Done()})
    done = bank.decide(at_confirmation(bank, content), content, yes(), number=2)
    assert names(done) == ["unlinked"]
    assert not done.conversation.identity.known
    assert done.conversation.own_lines is None


@pytest.mark.parametrize("words", [no(), heard("能提前还款吗", "weilidai/early-repayment")])
def test_anything_else_keeps_it(content: Content, words: Heard) -> None:
    bank = FakeBank({Unlink: Done()})
    state = at_confirmation(bank, content)
    after = bank.decide(state, content, words, number=2)
    assert after.conversation.identity.known
    assert not bank.calls


def test_a_silent_bank_leaves_it_bound(content: Content) -> None:
    bank = FakeBank({Unlink: Unreachable()})
    after = bank.decide(at_confirmation(bank, content), content, yes(), number=2)
    assert names(after) == ["bank_unavailable"]
    assert after.conversation.identity.known
