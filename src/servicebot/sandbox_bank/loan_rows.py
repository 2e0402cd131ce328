"""Loans between the book and `LoanState`."""

import sqlite3
from datetime import date
from decimal import Decimal

from servicebot.sandbox_bank.loan_state import Installment, LoanState
from servicebot.sandbox_bank.problems import not_found


def load_loan(connection: sqlite3.Connection, loan_id: str, customer_id: str) -> LoanState:
    """Load a customer's loan.

    Raises:
        ProblemError: not_found, also for another customer's loan.
    """
    row = connection.execute(
        "SELECT * FROM loans WHERE loan_id = ? AND customer_id = ?", (loan_id, customer_id)
    ).fetchone()
    if row is None:
        raise not_found("loan")
    return _loan(connection, row)


def load_loans(connection: sqlite3.Connection, customer_id: str) -> tuple[LoanState, ...]:
    """Load a customer's loans, the oldest first."""
    rows = connection.execute(
        "SELECT * FROM loans WHERE customer_id = ? ORDER BY opened_on, loan_id", (customer_id,)
    ).fetchall()
    return tuple(_loan(connection, row) for row in rows)


def save_standing(connection: sqlite3.Connection, loan: LoanState) -> None:
    """Write back what a payment changes: the interest mark and the installments."""
    connection.execute(
        "UPDATE loans SET interest_from = ?, accrued_fen = ? WHERE loan_id = ?",
        (loan.interest_from.isoformat(), loan.accrued_fen, loan.loan_id),
    )
    connection.execute("DELETE FROM installments WHERE loan_id = ?", (loan.loan_id,))
    insert_installments(connection, loan)


def insert_installments(connection: sqlite3.Connection, loan: LoanState) -> None:
    """Write all installments of a loan that has none in the book."""
    connection.executemany(
        "INSERT INTO installments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                loan.loan_id,
                item.number,
                item.due_on.isoformat(),
                item.principal_fen,
                item.interest_fen,
                item.penalty_fen,
                item.penalty_from.isoformat(),
                item.is_paid,
                item.paid_principal_fen,
                item.paid_interest_fen,
                item.paid_penalty_fen,
            )
            for item in loan.installments
        ),
    )


def _loan(connection: sqlite3.Connection, row: sqlite3.Row) -> LoanState:
    items = connection.execute(
        "SELECT * FROM installments WHERE loan_id = ? ORDER BY number", (row["loan_id"],)
    ).fetchall()
    return LoanState(
        loan_id=row["loan_id"],
        customer_id=row["customer_id"],
        account_id=row["account_id"],
        product=row["product"],
        principal_fen=row["principal_fen"],
        annual_rate=Decimal(row["annual_rate"]),
        method=row["method"],
        opened_on=date.fromisoformat(row["opened_on"]),
        settlement_fee_ppm=row["settlement_fee_ppm"],
        interest_from=date.fromisoformat(row["interest_from"]),
        accrued_fen=row["accrued_fen"],
        installments=tuple(_installment(item) for item in items),
    )


def _installment(row: sqlite3.Row) -> Installment:
    return Installment(
        number=row["number"],
        due_on=date.fromisoformat(row["due_on"]),
        principal_fen=row["principal_fen"],
        interest_fen=row["interest_fen"],
        penalty_fen=row["penalty_fen"],
        penalty_from=date.fromisoformat(row["penalty_from"]),
        is_paid=bool(row["is_paid"]),
        paid_principal_fen=row["paid_principal_fen"],
        paid_interest_fen=row["paid_interest_fen"],
        paid_penalty_fen=row["paid_penalty_fen"],
    )
