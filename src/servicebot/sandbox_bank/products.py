"""The loan products and the operations, named for customers in Chinese and English."""

from collections.abc import Mapping
from typing import Final

PRODUCT_NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "weilidai": ("微粒贷", "consumer cash loan"),
    "weiyedai": ("微业贷", "small business loan"),
    "weichedai": ("微车贷", "car loan"),
    "weiludai": ("微路贷", "truck fleet credit"),
    "weizhuangdai": ("微装贷", "renovation loan"),
    "caifudai": ("财富贷", "wealth-secured loan"),
}

OPERATION_NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "loan.repay": ("归还贷款", "Repay a loan"),
    "card.freeze": ("冻结银行卡", "Freeze a card"),
}
