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
        assert response.headers["Referrer-Policy"] == "no-referrer"
        check_page(text)
        return response.status, text


async def test_a_customer_links_themselves_with_their_pin(bank: BankClient) -> None:
    link_id, token = await bank.open_link()
    status, text = await visit(bank, f"/link/{token}")
    assert status == 200
    assert len(re.findall('name="customer"', text)) == 15
    assert "135791" not in text
    status, text = await visit(bank, f"/link/{token}", {"customer": "li-fang", "pin": "135791"})
    assert status == 403
    assert 'role="alert"' in text
    assert (await bank.get(f"/v1/links/{link_id}"))["state"] == "pending"
    status, text = await visit(bank, f"/link/{token}", {"customer": "li-fang", "pin": "246802"})
    assert status == 200
    assert "聊天" in text
    assert (await bank.get(f"/v1/links/{link_id}"))["display_name"] == "李*"
    assert (await visit(bank, f"/link/{token}"))[0] == 410
    again = {"customer": "chen-xiaoming", "pin": "135791"}
    assert (await visit(bank, f"/link/{token}", again))[0] == 410
    assert (await bank.get(f"/v1/links/{link_id}"))["display_name"] == "李*"


async def test_five_wrong_pins_end_a_link(bank: BankClient) -> None:
    link_id, token = await bank.open_link()
    wrong = [{"customer": c, "pin": p} for c, p in (("li-fang", ""), ("nobody", ""), ("", "1"))]
    wrong += [{"customer": "li-fang", "pin": "２４６８０２"}, {}]
    statuses = [(await visit(bank, f"/link/{token}", form))[0] for form in wrong]
    assert statuses == [403] * 4 + [410]
    right = {"customer": "li-fang", "pin": "246802"}
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
    for shown in ("归还贷款", "¥1,234.56", "2301", "微粒贷", "loan-li-1", "同意", "拒绝"):
        assert shown in text
    path = f"/step-up/{token}"
    other = {"decision": "approve", "pin": "135791"}
    assert (await visit(bank, path, other))[0] == 403
    assert (await visit(bank, path, {"pin": "246802"}))[0] == 200  # no decision, nothing done
    assert (await bank.get(f"/v1/step-ups/{step_up_id}", subject))["state"] == "pending"
    right = {"decision": "approve", "pin": "246802"}
    assert (await visit(bank, path, right))[0] == 200
    assert (await bank.get(f"/v1/step-ups/{step_up_id}", subject))["state"] == "approved"
    assert (await visit(bank, path, right))[0] == 410


async def test_declining_needs_no_pin(bank: BankClient) -> None:
    subject = await bank.bind("li-fang")
    step_up_id, token = await ask(bank, subject)
    status, text = await visit(bank, f"/step-up/{token}", {"decision": "decline", "pin": ""})
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
