"""Sample customers whose applications stand at each stage."""

from typing import Final

from servicebot.sandbox_bank.seed.shapes import (
    SampleAccount,
    SampleApplication,
    SampleCustomer,
    SampleLimit,
    wages,
)

WU_YAN: Final = SampleCustomer(
    customer_id="wu-yan",
    name="吴燕",
    pin="223344",
    shows="微粒贷申请被拒(有原因代码和可再申请日期),额度已关闭",
    accounts=(
        SampleAccount(
            account_id="acc-wu-1", tail="1515", movements=wages(480_000, 100_000, "示例美发店")
        ),
    ),
    limits=(
        SampleLimit(
            product="weilidai", total_fen=0, state="closed", reason_code="application_declined"
        ),
    ),
    applications=(
        SampleApplication(
            application_id="app-wu-1",
            product="weilidai",
            days_ago=6,
            state="declined",
            amount_fen=1_000_000,
            reason_code="income_unverified",
            reapply_in_days=84,
        ),
    ),
)

ZHENG_HAO: Final = SampleCustomer(
    customer_id="zheng-hao",
    name="郑浩",
    pin="556677",
    shows="微业贷申请缺材料:营业执照、税务授权书",
    accounts=(
        SampleAccount(
            account_id="acc-zheng-1", tail="7421", movements=wages(700_000, 260_000, "示例五金店")
        ),
    ),
    applications=(
        SampleApplication(
            application_id="app-zheng-1",
            product="weiyedai",
            days_ago=2,
            state="need_documents",
            amount_fen=20_000_000,
            missing=("business_license", "tax_authorization"),
        ),
    ),
)

FENG_XUE: Final = SampleCustomer(
    customer_id="feng-xue",
    name="冯雪",
    pin="889900",
    shows="微车贷申请已批准待放款;微粒贷额度因风险复核冻结",
    accounts=(
        SampleAccount(
            account_id="acc-feng-1", tail="3838", movements=wages(830_000, 190_000, "示例酒店")
        ),
    ),
    limits=(
        SampleLimit(
            product="weilidai", total_fen=3_000_000, state="frozen", reason_code="risk_review"
        ),
    ),
    applications=(
        SampleApplication(
            application_id="app-feng-1",
            product="weichedai",
            days_ago=1,
            state="approved",
            amount_fen=6_000_000,
        ),
    ),
)

GUO_TAO: Final = SampleCustomer(
    customer_id="guo-tao",
    name="郭涛",
    pin="121212",
    shows="微装贷申请审核中",
    accounts=(
        SampleAccount(
            account_id="acc-guo-1", tail="4747", movements=wages(960_000, 240_000, "示例设计院")
        ),
    ),
    applications=(
        SampleApplication(
            application_id="app-guo-1",
            product="weizhuangdai",
            days_ago=0,
            state="reviewing",
            amount_fen=8_000_000,
        ),
    ),
)

APPLICANTS: Final = (WU_YAN, ZHENG_HAO, FENG_XUE, GUO_TAO)
