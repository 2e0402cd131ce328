"""Sample customers with consumer cash loans (微粒贷) and with no loan."""

from typing import Final

from servicebot.sandbox_bank.seed.shapes import (
    OWN_BANK,
    Movement,
    SampleAccount,
    SampleCard,
    SampleCustomer,
    SampleLimit,
    SampleLoan,
    wages,
)

JOINT: Final = ((OWN_BANK, 200_000), ("示例合作银行甲", 800_000))
THREE_LENDERS: Final = (
    (OWN_BANK, 150_001),
    ("示例合作银行甲", 424_999),
    ("示例合作银行乙", 425_000),
)

CHEN_XIAOMING: Final = SampleCustomer(
    customer_id="chen-xiaoming",
    name="陈晓明",
    pin="135791",
    shows="微粒贷三笔借款:一笔等额本息(3 天后到期),一笔随借随还,一笔已结清;联合贷款 20 % / 80 %",
    accounts=(
        SampleAccount(
            account_id="acc-chen-1",
            tail="6688",
            movements=wages(1_250_000, 320_000, "示例电子厂"),
            cards=(SampleCard(card_id="card-chen-1", tail="1024"),),
        ),
        SampleAccount(
            account_id="acc-chen-2",
            tail="6699",
            name="备用金账户",
            movements=(Movement(days_ago=50, amount_fen=88_800, counterparty="本人", memo="转入"),),
        ),
    ),
    loans=(
        SampleLoan(
            loan_id="loan-chen-1",
            product="weilidai",
            account_id="acc-chen-1",
            principal_fen=1_200_000,
            annual_rate="0.1460",
            method="equal_installment",
            months=10,
            paid=4,
            due_in_days=3,
            lenders=JOINT,
        ),
        SampleLoan(
            loan_id="loan-chen-2",
            product="weilidai",
            account_id="acc-chen-1",
            principal_fen=300_007,
            annual_rate="0.1825",
            method="daily_interest",
            months=5,
            paid=1,
            due_in_days=12,
            lenders=JOINT,
        ),
        SampleLoan(
            loan_id="loan-chen-3",
            product="weilidai",
            account_id="acc-chen-1",
            principal_fen=500_000,
            annual_rate="0.1460",
            method="equal_installment",
            months=5,
            paid=5,
            due_in_days=-40,
            lenders=JOINT,
        ),
    ),
    limits=(SampleLimit(product="weilidai", total_fen=5_000_000),),
)

LI_FANG: Final = SampleCustomer(
    customer_id="li-fang",
    name="李芳",
    pin="246802",
    shows="微粒贷逾期 9 天(有罚息),额度因逾期冻结",
    accounts=(
        SampleAccount(
            account_id="acc-li-1",
            tail="2301",
            movements=wages(520_000, 150_000, "示例服装厂"),
            cards=(SampleCard(card_id="card-li-1", tail="7712"),),
        ),
    ),
    loans=(
        SampleLoan(
            loan_id="loan-li-1",
            product="weilidai",
            account_id="acc-li-1",
            principal_fen=800_000,
            annual_rate="0.1825",
            method="equal_installment",
            months=12,
            paid=3,
            due_in_days=-9,
            lenders=JOINT,
        ),
    ),
    limits=(
        SampleLimit(product="weilidai", total_fen=2_000_000, state="frozen", reason_code="overdue"),
    ),
)

XU_MEI: Final = SampleCustomer(
    customer_id="xu-mei",
    name="徐梅",
    pin="975310",
    shows="微粒贷三家银行联合贷款;账户余额不足以提前还清",
    accounts=(
        SampleAccount(
            account_id="acc-xu-1",
            tail="4410",
            movements=(
                Movement(days_ago=20, amount_fen=200_000, counterparty="示例餐馆", memo="工资"),
                Movement(days_ago=3, amount_fen=-53_450, counterparty="示例超市", memo="消费"),
            ),
            cards=(SampleCard(card_id="card-xu-1", tail="9034"),),
        ),
    ),
    loans=(
        SampleLoan(
            loan_id="loan-xu-1",
            product="weilidai",
            account_id="acc-xu-1",
            principal_fen=1_000_001,
            annual_rate="0.1460",
            method="equal_installment",
            months=20,
            paid=6,
            due_in_days=1,
            lenders=THREE_LENDERS,
        ),
    ),
    limits=(SampleLimit(product="weilidai", total_fen=1_500_000),),
)

HE_JUN: Final = SampleCustomer(
    customer_id="he-jun",
    name="何军",
    pin="112358",
    shows="三张银行卡(正常、已冻结、已挂失各一张),两个账户(一个冻结);没有贷款",
    accounts=(
        SampleAccount(
            account_id="acc-he-1",
            tail="5501",
            movements=wages(900_000, 210_000, "示例物流公司"),
            cards=(
                SampleCard(card_id="card-he-1", tail="8801"),
                SampleCard(card_id="card-he-2", tail="8802", state="frozen"),
                SampleCard(card_id="card-he-3", tail="8803", state="lost"),
            ),
        ),
        SampleAccount(
            account_id="acc-he-2",
            tail="5502",
            state="frozen",
            movements=(Movement(days_ago=90, amount_fen=66_600, counterparty="本人", memo="转入"),),
        ),
    ),
)

MA_LIN: Final = SampleCustomer(
    customer_id="ma-lin",
    name="马琳",
    pin="314159",
    shows="只有一个账户,没有贷款、没有额度、没有申请",
    accounts=(
        SampleAccount(
            account_id="acc-ma-1",
            tail="7070",
            movements=wages(610_000, 120_000, "示例小学"),
            cards=(SampleCard(card_id="card-ma-1", tail="3303"),),
        ),
    ),
)

JAMES_CARTER: Final = SampleCustomer(
    customer_id="james-carter",
    name="James Carter",
    pin="271828",
    language="en",
    shows="English speaker: one Weilidai loan with equal installments, due in 6 days",
    accounts=(
        SampleAccount(
            account_id="acc-carter-1",
            tail="1207",
            name="Class II account",
            movements=wages(1_800_000, 600_000, "Sample Language School"),
            cards=(SampleCard(card_id="card-carter-1", tail="4556"),),
        ),
    ),
    loans=(
        SampleLoan(
            loan_id="loan-carter-1",
            product="weilidai",
            account_id="acc-carter-1",
            principal_fen=2_000_000,
            annual_rate="0.1095",
            method="equal_installment",
            months=12,
            paid=2,
            due_in_days=6,
            lenders=JOINT,
        ),
    ),
    limits=(SampleLimit(product="weilidai", total_fen=6_000_000),),
)

CONSUMERS: Final = (CHEN_XIAOMING, LI_FANG, XU_MEI, HE_JUN, MA_LIN, JAMES_CARTER)
