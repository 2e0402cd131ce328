"""The shapes of the sample data. Days count from the day on which the book is made."""

from dataclasses import dataclass

from servicebot.sandbox_bank.interest import Method

OWN_BANK = "沙箱银行"
SOLE_LENDER = ((OWN_BANK, 1_000_000),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Money into (positive) or out of an account."""

    days_ago: int
    amount_fen: int
    counterparty: str
    memo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCard:
    """A card of an account."""

    card_id: str
    tail: str
    state: str = "active"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleAccount:
    """An account; its balance is the sum of its movements."""

    account_id: str
    tail: str
    movements: tuple[Movement, ...]
    name: str = "II类户"
    state: str = "active"
    cards: tuple[SampleCard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleLoan:
    """A loan of `months` installments of which `paid` are paid.

    The first unpaid one (the last one of a settled loan) is due in `due_in_days`.
    `lenders` are (name, share in ppm) and add up to 1,000,000.
    """

    loan_id: str
    product: str
    account_id: str
    principal_fen: int
    annual_rate: str
    method: Method
    months: int
    paid: int
    due_in_days: int
    lenders: tuple[tuple[str, int], ...] = SOLE_LENDER
    settlement_fee_ppm: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleLimit:
    """A credit limit."""

    product: str
    total_fen: int
    state: str = "open"
    reason_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleApplication:
    """A loan application."""

    application_id: str
    product: str
    days_ago: int
    state: str
    amount_fen: int
    missing: tuple[str, ...] = ()
    reason_code: str | None = None
    reapply_in_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleHolding:
    """A wealth product held; never this bank's own."""

    holding_id: str
    name: str
    issuer: str
    value_fen: int
    state: str = "held"
    arrives_in_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCustomer:
    """A sample customer and what they show."""

    customer_id: str
    name: str
    pin: str
    shows: str
    language: str = "zh"
    accounts: tuple[SampleAccount, ...]
    loans: tuple[SampleLoan, ...] = ()
    limits: tuple[SampleLimit, ...] = ()
    applications: tuple[SampleApplication, ...] = ()
    holdings: tuple[SampleHolding, ...] = ()


def wages(month_fen: int, rent_fen: int, employer: str) -> tuple[Movement, ...]:
    """Return three months of wages and rent."""
    return tuple(
        movement
        for days_ago in (65, 35, 5)
        for movement in (
            Movement(days_ago=days_ago, amount_fen=month_fen, counterparty=employer, memo="工资"),
            Movement(days_ago=days_ago - 2, amount_fen=-rent_fen, counterparty="房东", memo="房租"),
        )
    )
