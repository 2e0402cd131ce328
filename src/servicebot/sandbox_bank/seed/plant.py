"""Writing the sample customers into a book, with all dates relative to its first day."""

import json
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

from servicebot.sandbox_bank.clock import BANK_ZONE, instant_text
from servicebot.sandbox_bank.interest import Part, plan
from servicebot.sandbox_bank.loan_rows import insert_installments
from servicebot.sandbox_bank.loan_state import Installment, LoanState
from servicebot.sandbox_bank.months import add_months
from servicebot.sandbox_bank.schema import TABLES
from servicebot.sandbox_bank.seed.applicants import APPLICANTS
from servicebot.sandbox_bank.seed.borrowers import BORROWERS
from servicebot.sandbox_bank.seed.consumers import CONSUMERS
from servicebot.sandbox_bank.seed.shapes import SampleCustomer, SampleLoan

SAMPLES = (*CONSUMERS, *BORROWERS, *APPLICANTS)


def plant_if_empty(connection: sqlite3.Connection, today: date) -> None:
    """Fill a new book; leave one that has customers as it is."""
    if connection.execute("SELECT 1 FROM customers").fetchone() is None:
        plant_afresh(connection, today)


def plant_afresh(connection: sqlite3.Connection, today: date) -> None:
    """Forget everything, keys and subjects included, and fill the book."""
    for table in reversed(TABLES):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names from schema.TABLES
    for sample in SAMPLES:
        connection.execute(
            "INSERT INTO customers VALUES (?, ?, ?, ?, ?)",
            (sample.customer_id, sample.name, sample.pin, sample.language, sample.shows),
        )
        _plant_accounts(connection, sample, today)
        for loan in sample.loans:
            _plant_loan(connection, sample.customer_id, loan, today)
        _plant_credit(connection, sample, today)


def _plant_accounts(connection: sqlite3.Connection, sample: SampleCustomer, today: date) -> None:
    for account in sample.accounts:
        total_fen = sum(movement.amount_fen for movement in account.movements)
        connection.execute(
            "INSERT INTO accounts VALUES (?, ?, ?, ?, ?, 0, ?)",
            (
                account.account_id,
                sample.customer_id,
                account.name,
                account.tail,
                total_fen,
                account.state,
            ),
        )
        connection.executemany(
            "INSERT INTO cards VALUES (?, ?, ?, ?)",
            ((card.card_id, account.account_id, card.tail, card.state) for card in account.cards),
        )
    _plant_movements(connection, sample, today)


def _plant_movements(connection: sqlite3.Connection, sample: SampleCustomer, today: date) -> None:
    balances = {account.account_id: 0 for account in sample.accounts}
    movements = [(move, acc.account_id) for acc in sample.accounts for move in acc.movements]
    movements.sort(key=lambda pair: -pair[0].days_ago)
    for number, (movement, account_id) in enumerate(movements, start=1):
        balances[account_id] += movement.amount_fen
        day = today - timedelta(days=movement.days_ago)
        posted_at = datetime.combine(day, time(9, 30), BANK_ZONE).astimezone(UTC)
        connection.execute(
            "INSERT INTO transactions (transaction_id, account_id, posted_at, amount_fen,"
            " balance_fen, counterparty, memo) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                f"txn-{sample.customer_id}-{number}",
                account_id,
                instant_text(posted_at),
                movement.amount_fen,
                balances[account_id],
                movement.counterparty,
                movement.memo,
            ),
        )


def _plant_loan(
    connection: sqlite3.Connection, customer_id: str, sample: SampleLoan, today: date
) -> None:
    loan = sample_loan_state(sample, customer_id, today)
    connection.execute(
        "INSERT INTO loans VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            loan.loan_id,
            customer_id,
            loan.account_id,
            loan.product,
            loan.principal_fen,
            str(loan.annual_rate),
            loan.method,
            loan.opened_on.isoformat(),
            loan.settlement_fee_ppm,
            loan.interest_from.isoformat(),
            loan.accrued_fen,
        ),
    )
    insert_installments(connection, loan)
    connection.executemany(
        "INSERT INTO lenders VALUES (?, ?, ?, ?)",
        ((loan.loan_id, place, name, ppm) for place, (name, ppm) in enumerate(sample.lenders)),
    )


def sample_loan_state(sample: SampleLoan, customer_id: str, today: date) -> LoanState:
    """Return a sample loan as it stands on the first day."""
    anchor = today + timedelta(days=sample.due_in_days)
    anchor_number = min(sample.paid + 1, sample.months)
    dates = [add_months(anchor, n - anchor_number) for n in range(sample.months + 1)]
    period_days = [(end - begin).days for begin, end in pairwise(dates)]
    rate = Decimal(sample.annual_rate)
    parts = plan(sample.method, sample.principal_fen, rate, period_days)
    return LoanState(
        loan_id=sample.loan_id,
        customer_id=customer_id,
        account_id=sample.account_id,
        product=sample.product,
        principal_fen=sample.principal_fen,
        annual_rate=rate,
        method=sample.method,
        opened_on=dates[0],
        settlement_fee_ppm=sample.settlement_fee_ppm,
        interest_from=dates[sample.paid],
        installments=tuple(
            _installment(number, dates[number], part, is_paid=number <= sample.paid)
            for number, part in enumerate(parts, start=1)
        ),
    )


def _installment(number: int, due_on: date, part: Part, *, is_paid: bool) -> Installment:
    planned = Installment(
        number=number,
        due_on=due_on,
        principal_fen=part.principal_fen,
        interest_fen=part.interest_fen,
        penalty_from=due_on,
    )
    if not is_paid:
        return planned
    return replace(
        planned,
        is_paid=True,
        principal_fen=0,
        interest_fen=0,
        paid_principal_fen=part.principal_fen,
        paid_interest_fen=part.interest_fen,
    )


def _plant_credit(connection: sqlite3.Connection, sample: SampleCustomer, today: date) -> None:
    customer_id = sample.customer_id
    connection.executemany(
        "INSERT INTO limits VALUES (?, ?, ?, ?, ?)",
        (
            (customer_id, limit.product, limit.total_fen, limit.state, limit.reason_code)
            for limit in sample.limits
        ),
    )
    connection.executemany(
        "INSERT INTO applications VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                item.application_id,
                customer_id,
                item.product,
                (today - timedelta(days=item.days_ago)).isoformat(),
                item.state,
                json.dumps(item.missing),
                item.reason_code,
                _day_text(today, item.reapply_in_days),
                item.amount_fen,
            )
            for item in sample.applications
        ),
    )
    connection.executemany(
        "INSERT INTO holdings VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (
                item.holding_id,
                customer_id,
                item.name,
                item.issuer,
                item.value_fen,
                item.state,
                _day_text(today, item.arrives_in_days),
            )
            for item in sample.holdings
        ),
    )


def _day_text(today: date, days_ahead: int | None) -> str | None:
    return None if days_ahead is None else (today + timedelta(days=days_ahead)).isoformat()
