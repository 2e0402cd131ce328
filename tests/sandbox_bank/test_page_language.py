"""Which language a one-time page speaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from servicebot.sandbox_bank.page_language import PageLanguage, language_of

if TYPE_CHECKING:
    from tests.sandbox_bank.conftest import BankClient


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("", "", PageLanguage.ZH),
        ("", "en-GB,en;q=0.9,zh;q=0.5", PageLanguage.EN),
        ("", "fr-FR,zh-HK;q=0.8,en;q=0.5", PageLanguage.ZH),
        ("", "fr", PageLanguage.ZH),
        ("", "," * 10_000 + "en", PageLanguage.ZH),
        ("zh", "en", PageLanguage.ZH),
        ("en", "zh-CN", PageLanguage.EN),
        ("<b>", "en", PageLanguage.EN),
    ],
)
def test_the_one_asked_for_comes_before_the_browsers(
    asked: str, accepted: str, language: PageLanguage
) -> None:
    assert language_of(asked, accepted) is language


@pytest.mark.parametrize("query", ["", "?lang=en"])
async def test_a_page_is_all_in_one_language(bank: BankClient, query: str) -> None:
    _, token = await bank.open_link()
    form = {"customer": "li-fang", "pin": "000000", "code": bank.code}
    headers = {"Accept-Language": "en" if not query else "zh-CN"}
    address = f"{bank.base}/link/{token}{query}"
    async with bank.session.post(address, data=form, headers=headers) as response:
        text = await response.text()
    assert response.headers["Content-Language"] == "en"
    assert 'html lang="en"' in text
    data = re.sub(r'<a href[^>]*>.*?</a>|<span lang="zh-CN">.*?</span>', "", text)
    assert re.findall("[\u3400-\u9fff]+", data) == []
    assert "The PIN is wrong" in data
