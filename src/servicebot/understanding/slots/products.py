"""Product names, in both languages, with the misspellings customers type."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from servicebot.understanding.slots.span import Span

PRODUCT_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "weilidai": (
        *("微粒贷", "微粒货", "微粒带", "微粒呆", "微粒代", "微力贷", "微利贷", "微利代", "微立贷"),
        *("威力贷", "微粒袋", "粒贷", "weilidai", "wei li dai", "wld"),
        *("cash loan", "consumer loan", "personal loan"),
    ),
    "weiyedai": (
        *(
            "微业贷",
            "微业货",
            "微业带",
            "微叶贷",
            "企业贷",
            "小微企业贷款",
            "weiyedai",
            "wei ye dai",
        ),
        *("business loan", "company loan", "business credit"),
    ),
    "weichedai": (
        *("微车贷", "微车货", "微车带", "车贷", "二手车贷款", "weichedai", "wei che dai"),
        *("car loan", "auto loan", "vehicle loan", "car credit"),
    ),
    "weiludai": (
        *("微路贷", "微路货", "微路带", "运费贷", "weiludai", "wei lu dai"),
        *("truck loan", "fleet loan", "freight loan"),
    ),
    "weizhuangdai": (
        *("微装贷", "微装货", "微装带", "微妆贷", "装修贷款", "装修贷", "weizhuangdai"),
        *("wei zhuang dai", "renovation loan", "decoration loan", "home improvement loan"),
    ),
    "caifudai": (
        *("财富贷", "财付贷", "财富货", "caifudai", "cai fu dai"),
        *("wealth loan", "wealth-backed loan", "secured loan", "pledge loan"),
    ),
    "wealth": (
        *("财富管理", "理财产品", "理财", "基金", "wealth management", "wealth products"),
        *("mutual fund", "investments", "wealth"),
    ),
}


def find_products(text: str) -> tuple[Span, ...]:
    """Finds product names in a normalized text; the longest name at a place wins."""
    owners = _owners()
    return tuple(
        Span(start=found.start(), end=found.end(), value=owners[found.group()])
        for found in _names().finditer(text)
    )


@lru_cache(maxsize=1)
def _owners() -> dict[str, str]:
    return {name: product for product, names in PRODUCT_NAMES.items() for name in names}


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    longest_first = sorted(_owners(), key=lambda name: (-len(name), name))
    parts = (rf"\b{name}(?=s?\b)" if name.isascii() else name for name in longest_first)
    return re.compile("|".join(parts))
