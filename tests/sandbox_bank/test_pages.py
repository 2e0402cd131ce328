"""The pages a customer's browser opens, without a browser: status, headers, words, effects."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

if TYPE_CHECKING:
    from tests.sandbox_bank.conftest import BankClient

VOID = {"meta", "link", "input", "br"}


class Checker(HTMLParser):
    """Checks that tags are balanced, inputs labelled, and nothing can run."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.labels: set[str] = set()
        self.inputs: set[str] = set()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        assert tag != "script"
        assert not any(name.startswith("on") or name == "style" for name in names)
        if tag == "label" and names.get("for"):
            self.labels.add(str(names["for"]))
        if tag == "input" and names.get("type") != "radio":
            self.inputs.add(str(names["id"]))
        if tag == "input" and names.get("type") == "radio":
            assert "label" in self.stack
        if tag not in VOID:
            self.stack.append(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag


def check_page(text: str) -> None:
    checker = Checker()
    checker.feed(text)
    assert checker.stack == []
    assert checker.inputs <= checker.labels
    assert 'lang="zh-CN"' in text
    assert 'lang="en"' in text
    assert "viewport" in text
    assert "沙箱示例" in text


async def visit(bank: BankClient, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
    method = "GET" if form is None else "POST"
    async with bank.session.request(method, bank.base + path, data=form) as response:
        text = await response.text()
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "same-origin"
        check_page(text)
        return response.status, text


async def test_a_customer_links_themselves_with_their_pin(bank: BankClient) -> None:
    link_id, token = await bank.open_link()
    status, text = await visit(bank, f"/link/{token}")
    assert status == 200
    assert len(re.findall('name="customer"', text)) == 15
    assert "135791" not in text
    status, text = await visit(bank, f"/link/{token}", li_fang(bank, pin="135791"))
    assert status == 403
    assert 'role="alert"' in text
    assert (await bank.get(f"/v1/links/{link_id}"))["state"] == "pending"
    status, text = await visit(bank, f"/link/{token}", li_fang(bank))
    assert status == 200
    assert "聊天" in text
    assert (await bank.get(f"/v1/links/{link_id}"))["display_name"] == "李*"
    assert (await visit(bank, f"/link/{token}"))[0] == 410
    again = li_fang(bank) | {"customer": "chen-xiaoming", "pin": "135791"}
    assert (await visit(bank, f"/link/{token}", again))[0] == 410
    assert (await bank.get(f"/v1/links/{link_id}"))["display_name"] == "李*"


def li_fang(bank: BankClient, *, pin: str = "246802") -> dict[str, str]:
    """The form of the page that was opened last, filled in by Li Fang."""
    return {"customer": "li-fang", "pin": pin, "code": bank.code}


async def test_the_page_says_which_chat_it_binds_and_asks_for_its_digits(bank: BankClient) -> None:
    link_id, token = await bank.open_link(user="openid-of-somebody-3f9a")
    _, text = await visit(bank, f"/link/{token}")
    for shown in ("微信公众号", "3f9a", "发起时间", "如果不是您本人"):
        assert shown in text
    assert "openid-of" not in text
    assert f">{bank.code}<" not in text
    other = f"{int(bank.code) % 90 + 10 + (int(bank.code) == 99):02d}"
    status, text = await visit(bank, f"/link/{token}", li_fang(bank) | {"code": other})
    assert status == 403
    assert "不一致" in text
    assert (await bank.get(f"/v1/links/{link_id}"))["state"] == "pending"


async def test_the_end_of_a_chat_account_is_no_word_to_translate(bank: BankClient) -> None:
    _, token = await bank.open_link("web-9c22af")
    _, text = await visit(bank, f"/link/{token}")
    assert '<span translate="no">22af</span>' in text


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}],
)
async def test_a_form_of_another_site_does_nothing(
    bank: BankClient, headers: dict[str, str]
) -> None:
    link_id, token = await bank.open_link()
    for _ in range(6):
        async with bank.session.post(
            f"{bank.base}/link/{token}", data=li_fang(bank), headers=headers
        ) as response:
            assert response.status == 200
    assert (await bank.get(f"/v1/links/{link_id}"))["state"] == "pending", "no try was counted"


async def test_who_opens_page_after_page_is_stopped(bank: BankClient) -> None:
    """Ten pages in the hour gave forty guesses at one customer."""
    for _ in range(5):
        await bank.open_link(user="one")
    body = {"channel": "wechat", "channel_user": "one", "conversation": "c1"}
    status, problem = await bank.call("POST", "/v1/links", body)
    assert (status, problem["code"]) == (409, "too_many_links")
    await bank.open_link(user="another")


async def test_ten_wrong_pins_over_all_pages_lock_a_customer(bank: BankClient) -> None:
    statuses = []
    for number in range(3):
        _, token = await bank.open_link(user=f"u{number}")
        form = li_fang(bank, pin="000000")
        statuses += [(await visit(bank, f"/link/{token}", form))[0] for _ in range(4)]
    assert statuses == [403] * 10 + [429] * 2
    _, token = await bank.open_link(user="u9")
    status, text = await visit(bank, f"/link/{token}", li_fang(bank))
    assert status == 429
    assert "30 分钟" in text
    other = li_fang(bank) | {"customer": "chen-xiaoming", "pin": "135791"}
    assert (await visit(bank, f"/link/{token}", other))[0] == 200, "another customer is not locked"


async def test_five_wrong_pins_end_a_link(bank: BankClient) -> None:
    link_id, token = await bank.open_link()
    people = (("li-fang", ""), ("nobody", ""), ("", "1"), ("li-fang", "２４６８０２"))
    wrong = [li_fang(bank) | {"customer": c, "pin": p} for c, p in people] + [{}]
    statuses = [(await visit(bank, f"/link/{token}", form))[0] for form in wrong]
    assert statuses == [403] * 4 + [410]
    right = li_fang(bank)
    assert (await visit(bank, f"/link/{token}", right))[0] == 410
    assert (await bank.get(f"/v1/links/{link_id}"))["state"] == "expired"


async def ask(bank: BankClient, subject: str) -> tuple[str, str]:
    return await bank.ask_step_up(
        subject, resource_id="loan-li-1", amount_fen=123_456, account_id="acc-li-1"
    )


async def test_the_step_up_page_shows_exactly_what_will_be_done(bank: BankClient) -> None:
    subject = await bank.bind("li-fang")
    step_up_id, token = await ask(bank, subject)
    status, text = await visit(bank, f"/step-up/{token}")
    assert status == 200
    for shown in ("归还贷款", "¥1,234.56", "2301", "微粒贷", "放款日期", "同意", "拒绝"):
        assert shown in text
    assert "loan-li-1" not in text, "nobody knows a loan by the book's own number"
    path = f"/step-up/{token}"
    other = {"decision": "approve", "pin": "135791"}
    assert (await visit(bank, path, other))[0] == 403
    assert (await visit(bank, path, {"pin": "246802"}))[0] == 200  # no decision, nothing done
    assert (await bank.get(f"/v1/step-ups/{step_up_id}", subject))["state"] == "pending"
    right = {"decision": "approve", "pin": "246802"}
    assert (await visit(bank, path, right))[0] == 200
    assert (await bank.get(f"/v1/step-ups/{step_up_id}", subject))["state"] == "approved"
    assert (await visit(bank, path, right))[0] == 410


async def test_declining_needs_the_pin_too(bank: BankClient) -> None:
    subject = await bank.bind("li-fang")
    step_up_id, token = await ask(bank, subject)
    status, _ = await visit(bank, f"/step-up/{token}", {"decision": "decline", "pin": ""})
    assert status == 403
    assert (await bank.get(f"/v1/step-ups/{step_up_id}", subject))["state"] == "pending"
    right = {"decision": "decline", "pin": "246802"}
    status, text = await visit(bank, f"/step-up/{token}", right)
    assert status == 200
    assert "已拒绝" in text
    found = await bank.get(f"/v1/step-ups/{step_up_id}", subject)
    assert (found["state"], found["reason_code"]) == ("declined", "customer")


async def test_five_wrong_pins_decline_a_step_up(bank: BankClient) -> None:
    subject = await bank.bind("li-fang")
    step_up_id, token = await ask(bank, subject)
    form = {"decision": "approve", "pin": "000000"}
    statuses = [(await visit(bank, f"/step-up/{token}", form))[0] for _ in range(5)]
    assert statuses == [403] * 4 + [410]
    right = {"decision": "approve", "pin": "246802"}
    assert (await visit(bank, f"/step-up/{token}", right))[0] == 410
    found = await bank.get(f"/v1/step-ups/{step_up_id}", subject)
    assert (found["state"], found["reason_code"]) == ("declined", "wrong_pins")


async def test_a_step_up_dies_with_its_subject(bank: BankClient) -> None:
    subject = await bank.bind("li-fang")
    _, token = await ask(bank, subject)
    await bank.call("DELETE", "/v1/identities/current", subject=subject)
    right = {"decision": "approve", "pin": "246802"}
    assert (await visit(bank, f"/step-up/{token}", right))[0] == 410


async def test_the_card_page_names_the_card(bank: BankClient) -> None:
    subject = await bank.bind("he-jun")
    wanted = {"resource_id": "card-he-1", "amount_fen": 0, "account_id": "acc-he-1"}
    _, token = await bank.ask_step_up(subject, operation="card.freeze", **wanted)
    _, text = await visit(bank, f"/step-up/{token}")
    assert "冻结银行卡" in text
    assert "8801" in text
    assert "¥" not in text


@pytest.mark.parametrize("path", ["/link/nonsense", "/step-up/nonsense"])
async def test_an_unknown_page_says_so(bank: BankClient, path: str) -> None:
    assert (await visit(bank, path))[0] == 404
    form = {"decision": "approve", "customer": "li-fang", "pin": "246802"}
    assert (await visit(bank, path, form))[0] == 404


async def test_the_stylesheet_is_there(bank: BankClient) -> None:
    async with bank.session.get(f"{bank.base}/pages.css") as response:
        assert (response.status, response.content_type) == (200, "text/css")
