"""The reading calls about loans and limits."""

from datetime import date

from servicebot.sandbox_bank.accounts import account_tail
from servicebot.sandbox_bank.call import Call, Reply
from servicebot.sandbox_bank.lenders import split_by_share
from servicebot.sandbox_bank.loan_rows import load_loan, load_loans
from servicebot.sandbox_bank.loan_state import Installment, LoanState, current_bill
from servicebot.sandbox_bank.problems import JsonObject


def list_loans(call: Call) -> Reply:
    """Answer `GET /v1/loans`."""
    loans = load_loans(call.connection, call.customer_id)
    return Reply(body={"loans": [_summary(loan, call.moment.today) for loan in loans]})


def read_due(call: Call) -> Reply:
    """Answer `GET /v1/loans/{loan_id}/due`; a settled loan has no date and zero amounts."""
    loan = load_loan(call.connection, call.path["loan_id"], call.customer_id)
    today = call.moment.today
    bill = current_bill(loan, today)
    due_on = bill.installments[0].due_on if bill else None
    return Reply(
        body={
            "loan_id": loan.loan_id,
            "product": loan.product,
            "due_on": due_on.isoformat() if due_on else None,
            "total_fen": bill.total_fen if bill else 0,
            "principal_fen": bill.principal_fen if bill else 0,
            "interest_fen": bill.interest_fen if bill else 0,
            "penalty_fen": bill.penalty_fen if bill else 0,
            "overdue_days": max((today - due_on).days, 0) if due_on else 0,
            "account_tail": account_tail(call.connection, loan.account_id),
        }
    )


def read_schedule(call: Call) -> Reply:
    """Answer `GET /v1/loans/{loan_id}/schedule`."""
    loan = load_loan(call.connection, call.path["loan_id"], call.customer_id)
    today = call.moment.today
    next_number = next(
        (item.number for item in loan.open_installments() if item.due_on >= today), 0
    )
    rows = [_schedule_row(item, today, next_number) for item in loan.installments]
    return Reply(body={"loan_id": loan.loan_id, "product": loan.product, "installments": rows})


def read_lenders(call: Call) -> Reply:
    """Answer `GET /v1/loans/{loan_id}/lenders`."""
    loan = load_loan(call.connection, call.path["loan_id"], call.customer_id)
    lenders = call.connection.execute(
        "SELECT name, share_ppm FROM lenders WHERE loan_id = ? ORDER BY place", (loan.loan_id,)
    ).fetchall()
    outstanding_fen = loan.outstanding_fen()
    parts = split_by_share(outstanding_fen, [row["share_ppm"] for row in lenders])
    return Reply(
        body={
            "loan_id": loan.loan_id,
            "product": loan.product,
            "outstanding_fen": outstanding_fen,
            "lenders": [
                {"name": row["name"], "share_ppm": row["share_ppm"], "outstanding_fen": part}
                for row, part in zip(lenders, parts, strict=True)
            ],
        }
    )


def list_limits(call: Call) -> Reply:
    """Answer `GET /v1/limits`; what is used is what the loans of the product still owe."""
    used: dict[str, int] = {}
    for loan in load_loans(call.connection, call.customer_id):
        used[loan.product] = used.get(loan.product, 0) + loan.outstanding_fen()
    rows = call.connection.execute(
        "SELECT * FROM limits WHERE customer_id = ? ORDER BY product", (call.customer_id,)
    )
    limits = []
    for row in rows:
        used_fen = used.get(row["product"], 0)
        free_fen = max(row["total_fen"] - used_fen, 0) if row["state"] == "open" else 0
        limit = {
            "product": row["product"],
            "total_fen": row["total_fen"],
            "used_fen": used_fen,
            "available_fen": free_fen,
            "state": row["state"],
        }
        limits.append(limit | ({"reason_code": row["reason_code"]} if row["reason_code"] else {}))
    return Reply(body={"limits": limits})


def _summary(loan: LoanState, today: date) -> JsonObject:
    bill = current_bill(loan, today)
    return {
        "loan_id": loan.loan_id,
        "product": loan.product,
        "principal_fen": loan.principal_fen,
        "outstanding_fen": loan.outstanding_fen(),
        "annual_rate": str(loan.annual_rate),
        "method": loan.method,
        "opened_on": loan.opened_on.isoformat(),
        "state": loan.standing(today),
        "next_due_on": bill.installments[0].due_on.isoformat() if bill else None,
        "next_due_fen": bill.total_fen if bill else 0,
    }


def _schedule_row(item: Installment, today: date, next_number: int) -> JsonObject:
    principal_fen = item.paid_principal_fen if item.is_paid else item.principal_fen
    interest_fen = item.paid_interest_fen if item.is_paid else item.interest_fen
    return {
        "number": item.number,
        "due_on": item.due_on.isoformat(),
        "principal_fen": principal_fen,
        "interest_fen": interest_fen,
        "total_fen": principal_fen + interest_fen,
        "state": _installment_state(item, today, next_number),
    }


def _installment_state(item: Installment, today: date, next_number: int) -> str:
    if item.is_paid:
        return "paid"
    if item.due_on < today:
        return "overdue"
    return "due" if item.number == next_number else "planned"
