"""Linking alone: a page for a stranger, a word for who is known, and the bank's word decides."""

import pytest
from tests.dialogue.stories import FakeBank, conversation, heard, names

from servicebot.content.content import Content
from servicebot.domain.bank_calls import ReadLink, StartLink
from servicebot.domain.bank_results import IdentityLink
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
