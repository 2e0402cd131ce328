"""Applications: the state, what is missing, and no more of a reason than the bank allows."""

from dataclasses import replace
from datetime import date

import pytest
from tests.dialogue.stories import FakeBank, conversation, heard, loan, names, product

from servicebot.content.content import Content
from servicebot.dialogue.say import Day, Say, Term
from servicebot.domain.bank_calls import ListApplications, ListLoans
from servicebot.domain.bank_items import Application
from servicebot.domain.bank_results import Applications, Loans

WISH = "application.status"
REVIEWING = Application(
    application_id="a-1",
    product="weichedai",
    submitted_on=date(2026, 11, 1),
    state="reviewing",
    amount_fen=6_000_000,
)


def bank(*applications: Application) -> FakeBank:
    return FakeBank(
        {ListApplications: Applications(items=applications), ListLoans: Loans(items=())}
    )


@pytest.mark.parametrize(
    "state", ["reviewing", "need_documents", "approved", "disbursed", "declined"]
)
def test_each_state_has_its_own_words(content: Content, state: str) -> None:
    told = bank(replace(REVIEWING, state=state)).decide(conversation(), content, heard("查", WISH))
    assert names(told) == [f"application_{state}"]


def test_no_application_is_told_so(content: Content) -> None:
    assert names(bank().decide(conversation(), content, heard("查", WISH))) == ["no_application"]


def test_who_has_loans_and_no_application_is_told_of_the_loans_too(content: Content) -> None:
    owing = bank()
    owing.answers[ListLoans] = Loans(items=(loan(1),))
    told = owing.decide(conversation(), content, heard("查", WISH))
    assert names(told) == ["no_application", "loans"]


def test_only_the_product_that_was_named_is_told_about(content: Content) -> None:
    other = replace(REVIEWING, product="weilidai", state="declined")
    words = heard("车贷批了吗", WISH, slots=(product("weichedai"),))
    told = bank(other, REVIEWING).decide(conversation(), content, words)
    assert names(told) == ["application_reviewing"]
    assert told.conversation.last_product == "weichedai"


def test_what_is_missing_is_listed(content: Content) -> None:
    lacking = replace(REVIEWING, state="need_documents", missing=("business_license",))
    (said,) = bank(lacking).decide(conversation(), content, heard("查", WISH)).says
    assert isinstance(said, Say)
    assert said.rows == ((Term("label_missing"), Term("document_business_license")),)


def test_a_refusal_without_a_reason_is_told_as_the_overall_one_with_the_day(
    content: Content,
) -> None:
    declined = replace(REVIEWING, state="declined", reapply_on=date(2027, 2, 1))
    (said,) = bank(declined).decide(conversation(), content, heard("查", WISH)).says
    assert isinstance(said, Say)
    assert said.fields["reason"] == Term("decline_overall")
    assert said.rows == ((Term("label_reapply_on"), Day(date(2027, 2, 1))),)


def test_a_long_history_is_cut_to_the_newest_three(content: Content) -> None:
    told = bank(*[REVIEWING] * 5).decide(conversation(), content, heard("查", WISH))
    assert names(told) == ["application_reviewing"] * 3
