"""Sample customers of the other lines: firms, cars, fleets, renovation, wealth."""

from typing import Final

from servicebot.sandbox_bank.seed.shapes import (
    OWN_BANK,
    Movement,
    SampleAccount,
    SampleApplication,
    SampleCustomer,
    SampleHolding,
    SampleLimit,
    SampleLoan,
    wages,
)

WANG_JIANGUO: Final = SampleCustomer(
    customer_id="wang-jianguo",
    name="王建国",
    pin="864209",
    shows="微业贷(小微企业主),申请已放款,今天到期,随时可还",
    accounts=(
        SampleAccount(
            account_id="acc-wang-1",
            tail="9001",
            name="对公结算户",
            movements=(
                Movement(days_ago=60, amount_fen=30_000_000, counterparty="沙箱银行", memo="放款"),
                Movement(days_ago=40, amount_fen=-21_500_000, counterparty="示例钢材", memo="货款"),
                Movement(days_ago=8, amount_fen=16_800_000, counterparty="示例商场", memo="货款"),
            ),
        ),
    ),
    loans=(
        SampleLoan(
            loan_id="loan-wang-1",
            product="weiyedai",
            account_id="acc-wang-1",
            principal_fen=30_000_000,
            annual_rate="0.0720",
            method="equal_installment",
            months=24,
            paid=1,
            due_in_days=0,
        ),
    ),
    limits=(SampleLimit(product="weiyedai", total_fen=50_000_000),),
    applications=(
        SampleApplication(
            application_id="app-wang-1",
            product="weiyedai",
            days_ago=63,
            state="disbursed",
            amount_fen=30_000_000,
        ),
    ),
)

ZHAO_QIANG: Final = SampleCustomer(
    customer_id="zhao-qiang",
    name="赵强",
    pin="102030",
    shows="微车贷,先息后本,提前结清手续费 3 %(沙箱示例数字);联合贷款 30 % / 70 %",
    accounts=(
        SampleAccount(
            account_id="acc-zhao-1",
            tail="3366",
            movements=(
                *wages(1_500_000, 280_000, "示例汽修厂"),
                Movement(days_ago=4, amount_fen=4_000_000, counterparty="本人", memo="转入"),
            ),
        ),
    ),
    loans=(
        SampleLoan(
            loan_id="loan-zhao-1",
            product="weichedai",
            account_id="acc-zhao-1",
            principal_fen=4_500_000,
            annual_rate="0.0888",
            method="interest_first",
            months=12,
            paid=7,
            due_in_days=9,
            lenders=((OWN_BANK, 300_000), ("示例合作银行丙", 700_000)),
            settlement_fee_ppm=30_000,
        ),
    ),
    applications=(
        SampleApplication(
            application_id="app-zhao-1",
            product="weichedai",
            days_ago=250,
            state="disbursed",
            amount_fen=4_500_000,
        ),
    ),
)

LIU_DAZHUANG: Final = SampleCustomer(
    customer_id="liu-dazhuang",
    name="刘大壮",
    pin="405060",
    shows="微路贷(车队运费周转),两笔随借随还,按日计息",
    accounts=(
        SampleAccount(
            account_id="acc-liu-1",
            tail="8118",
            movements=(
                Movement(
                    days_ago=30, amount_fen=2_600_000, counterparty="示例货运平台", memo="运费"
                ),
                Movement(days_ago=12, amount_fen=-940_000, counterparty="示例加油站", memo="油费"),
            ),
        ),
    ),
    loans=tuple(
        SampleLoan(
            loan_id=loan_id,
            product="weiludai",
            account_id="acc-liu-1",
            principal_fen=principal_fen,
            annual_rate="0.1260",
            method="daily_interest",
            months=3,
            paid=1,
            due_in_days=due_in_days,
        )
        for loan_id, principal_fen, due_in_days in (
            ("loan-liu-1", 850_000, 4),
            ("loan-liu-2", 420_050, 18),
        )
    ),
    limits=(SampleLimit(product="weiludai", total_fen=3_000_000),),
)

SUN_LI: Final = SampleCustomer(
    customer_id="sun-li",
    name="孙丽",
    pin="708090",
    shows="微装贷(装修贷),款已打给装修公司,等额本息",
    accounts=(
        SampleAccount(
            account_id="acc-sun-1",
            tail="6127",
            movements=wages(1_100_000, 260_000, "示例医院"),
        ),
    ),
    loans=(
        SampleLoan(
            loan_id="loan-sun-1",
            product="weizhuangdai",
            account_id="acc-sun-1",
            principal_fen=10_000_000,
            annual_rate="0.0600",
            method="equal_installment",
            months=36,
            paid=5,
            due_in_days=14,
        ),
    ),
    applications=(
        SampleApplication(
            application_id="app-sun-1",
            product="weizhuangdai",
            days_ago=160,
            state="disbursed",
            amount_fen=10_000_000,
        ),
    ),
)

ZHOU_WENJING: Final = SampleCustomer(
    customer_id="zhou-wenjing",
    name="周文静",
    pin="161803",
    shows="财富贷与财富管理:两项持有,一项赎回中(2 天后到账)",
    accounts=(
        SampleAccount(
            account_id="acc-zhou-1",
            tail="2929",
            movements=wages(2_600_000, 500_000, "示例软件公司"),
        ),
    ),
    loans=(
        SampleLoan(
            loan_id="loan-zhou-1",
            product="caifudai",
            account_id="acc-zhou-1",
            principal_fen=5_000_000,
            annual_rate="0.0540",
            method="interest_first",
            months=6,
            paid=2,
            due_in_days=7,
        ),
    ),
    limits=(SampleLimit(product="caifudai", total_fen=12_000_000),),
    holdings=(
        SampleHolding(
            holding_id="hold-zhou-1",
            name="示例货币基金 A",
            issuer="示例基金管理有限公司",
            value_fen=9_876_543,
        ),
        SampleHolding(
            holding_id="hold-zhou-2",
            name="示例养老保险",
            issuer="示例人寿保险有限公司",
            value_fen=6_000_000,
        ),
        SampleHolding(
            holding_id="hold-zhou-3",
            name="示例收益凭证 90 天",
            issuer="示例证券有限公司",
            value_fen=2_000_000,
            state="redeeming",
            arrives_in_days=2,
        ),
    ),
)

BORROWERS: Final = (WANG_JIANGUO, ZHAO_QIANG, LIU_DAZHUANG, SUN_LI, ZHOU_WENJING)
