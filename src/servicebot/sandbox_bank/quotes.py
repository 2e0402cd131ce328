"""Quotes: what a repayment would cost now, held for ten minutes."""

import json
import secrets
from datetime import date, timedelta
from typing import Final

from servicebot.sandbox_bank.accounts import account_tail
from servicebot.sandbox_bank.allocation import SMALLEST_PARTIAL_FEN, Payment, plan_payment
from servicebot.sandbox_bank.call import Call, Reply
from servicebot.sandbox_bank.clock import instant_text
from servicebot.sandbox_bank.loan_rows import load_loan
from servicebot.sandbox_bank.loan_state import LoanState
from servicebot.sandbox_bank.problems import JsonObject
from servicebot.sandbox_bank.wire import Fields

QUOTE_LIFETIME: Final = timedelta(minutes=10)


def create_quote(call: Call) -> Reply:
    """Answer `POST /v1/loans/{loan_id}/quotes`."""
    fields = Fields(call.body, known=("amount_fen",))
    amount_fen = fields.fen("amount_fen") if fields.has("amount_fen") else None
    loan = load_loan(call.connection, call.path["loan_id"], call.customer_id)
    terms = quoted_terms(loan, amount_fen, call.moment.today)
    body: JsonObject = {
        "quote_id": f"qte_{secrets.token_hex(12)}",
        "loan_id": loan.loan_id,
        "product": loan.product,
        **terms,
        "account_id": loan.account_id,
        "account_tail": account_tail(call.connection, loan.account_id),
        "valid_until": instant_text(call.now + QUOTE_LIFETIME),
    }
    payoff = plan_payment(loan, None, call.moment.today)
    if payoff.total_fen - payoff.fee_fen > SMALLEST_PARTIAL_FEN:
        body["min_fen"] = SMALLEST_PARTIAL_FEN
    call.connection.execute(
        "INSERT INTO quotes VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            body["quote_id"],
            loan.loan_id,
            amount_fen,
            body["total_fen"],
            loan.account_id,
            json.dumps(terms),
            body["valid_until"],
        ),
    )
    return Reply(status=201, body=body)


def quoted_terms(loan: LoanState, amount_fen: int | None, today: date) -> JsonObject:
    """Return the terms that a quote promises; a repayment must find the very same again."""
    return terms_of(plan_payment(loan, amount_fen, today))


def terms_of(payment: Payment) -> JsonObject:
    """Return the terms of a planned payment."""
    return {
        "kind": payment.kind,
        "principal_fen": payment.principal_fen,
        "interest_fen": payment.interest_fen,
        "penalty_fen": payment.penalty_fen,
        "fee_fen": payment.fee_fen,
        "total_fen": payment.total_fen,
        "outstanding_after_fen": payment.loan_after.outstanding_fen(),
    }
