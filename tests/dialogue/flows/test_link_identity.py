"""Linking alone: a page for a stranger, a word for who is known, and the bank's word decides."""

from dataclasses import replace

import pytest
from tests.dialogue.stories import FakeBank, conversation, heard, names

from servicebot.content.content import Content
from servicebot.dialogue.say import Say, Words
from servicebot.domain.bank_calls import ReadLink, StartLink
from servicebot.domain.bank_results import IdentityLink, Refused
from servicebot.domain.conversation import Identity
from servicebot.domain.messages import BankEvent, BankNews

WISH = "identity.link"
NEWS = BankEvent(news=BankNews.IDENTITY_BOUND, reference_id="link-1")


def link(state: str) -> IdentityLink:
    subject = "subject-1" if state == "bound" else None
    return IdentityLink(
        link_id="link-1", state=state, url="https://bank/link/1", subject=subject, display_name="陈"
    )


def bank() -> FakeBank:
    return FakeBank({StartLink: link("pending"), ReadLink: link("pending")})


def test_who_is_known_is_told_so(content: Content) -> None:
    assert names(bank().decide(conversation(), content, heard("核实身份", WISH))) == [
        "already_linked"
    ]


def test_a_stranger_gets_a_page_and_is_greeted_when_it_was_used(content: Content) -> None:
    asked = bank()
    offered = asked.decide(conversation(identity=Identity()), content, heard("核实身份", WISH))
    assert names(offered) == ["link_alone"]
    asked.answers[ReadLink] = link("bound")
    bound = asked.decide(offered.conversation, content, None, NEWS, number=2)
    assert names(bound) == ["link_bound"]
    assert bound.conversation.identity.subject == "subject-1"
    assert bound.conversation.task is None


@pytest.mark.parametrize("state", ["pending", "expired"])
def test_the_news_alone_makes_nobody_known(content: Content, state: str) -> None:
    asked = bank()
    offered = asked.decide(conversation(identity=Identity()), content, heard("核实身份", WISH))
    asked.answers[ReadLink] = link(state)
    after = asked.decide(offered.conversation, content, None, NEWS, number=2)
    assert not after.conversation.identity.known
    assert "link_bound" not in names(after)


def test_whose_confirmation_has_ended_is_told_so_with_the_next_page(content: Content) -> None:
    lapsed = conversation(identity=Identity(lapsed=True))
    offered = bank().decide(lapsed, content, heard("核实身份", WISH))
    assert names(offered) == ["identity_lapsed", "link_alone"]
    assert not offered.conversation.identity.lapsed, "told once"


def test_the_chat_shows_the_digits_that_the_page_asks_for(content: Content) -> None:
    asked = bank()
    asked.answers[StartLink] = replace(link("pending"), code="47")
    offered = asked.decide(conversation(identity=Identity()), content, heard("核实身份", WISH))
    (said,) = offered.says
    assert isinstance(said, Say)
    assert said.fields["code"] == Words("47")
    again = asked.decide(offered.conversation, content, heard("核实身份", WISH), number=2)
    assert [say.fields["code"] for say in again.says if isinstance(say, Say)] == [Words("47")]


def test_too_many_pages_are_refused_in_words_of_their_own(content: Content) -> None:
    asked = bank()
    asked.answers[StartLink] = Refused(code="too_many_links")
    refused = asked.decide(conversation(identity=Identity()), content, heard("核实身份", WISH))
    assert names(refused) == ["bank_refused_too_many_links"]
