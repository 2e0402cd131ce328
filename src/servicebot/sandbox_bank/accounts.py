"""Accounts and their transactions."""

import secrets
import sqlite3
from datetime import datetime

from servicebot.sandbox_bank.call import Call, Reply
from servicebot.sandbox_bank.clock import instant_text
from servicebot.sandbox_bank.problems import not_found
from servicebot.sandbox_bank.wire import query_limit

AVAILABLE = "CASE state WHEN 'active' THEN balance_fen - held_fen ELSE 0 END AS available_fen"


def list_accounts(call: Call) -> Reply:
    """Answer `GET /v1/accounts`; a frozen account has nothing available."""
    rows = call.connection.execute(
        f"SELECT account_id, name, tail, balance_fen, {AVAILABLE}, state"  # noqa: S608 - a constant
        " FROM accounts WHERE customer_id = ? ORDER BY account_id",
        (call.customer_id,),
    )
    return Reply(body={"accounts": [dict(row) for row in rows]})


def list_transactions(call: Call) -> Reply:
    """Answer `GET /v1/transactions`; without an account_id, of all the customer's accounts."""
    account_id = call.query.get("account_id", "")
    if account_id:
        require_account(call.connection, account_id, call.customer_id)
    rows = call.connection.execute(
        "SELECT transaction_id, posted_at, amount_fen, t.balance_fen, counterparty, memo"
        " FROM transactions t JOIN accounts a USING (account_id)"
        " WHERE a.customer_id = ? AND (? = '' OR account_id = ?)"
        " ORDER BY sequence DESC LIMIT ?",
        (call.customer_id, account_id, account_id, query_limit(call.query, otherwise=20, most=200)),
    )
    return Reply(body={"transactions": [dict(row) for row in rows]})


def require_account(connection: sqlite3.Connection, account_id: str, customer_id: str) -> None:
    """Raise not_found unless the account is the customer's."""
    row = connection.execute(
        "SELECT 1 FROM accounts WHERE account_id = ? AND customer_id = ?", (account_id, customer_id)
    ).fetchone()
    if row is None:
        raise not_found("account")


def account_tail(connection: sqlite3.Connection, account_id: str) -> str:
    """Return the last four digits of an account that is there."""
    row = connection.execute(
        "SELECT tail FROM accounts WHERE account_id = ?", (account_id,)
    ).fetchone()
    return str(row["tail"])


def available_fen(connection: sqlite3.Connection, account_id: str) -> int:
    """Return what may leave an account that is there."""
    row = connection.execute(
        f"SELECT {AVAILABLE} FROM accounts WHERE account_id = ?",  # noqa: S608 - a constant
        (account_id,),
    ).fetchone()
    return int(row["available_fen"])


def withdraw(
    connection: sqlite3.Connection, account_id: str, amount_fen: int, memo: str, now: datetime
) -> None:
    """Take an amount from an account and write the transaction; the caller checked the funds."""
    balance_fen = connection.execute(
        "UPDATE accounts SET balance_fen = balance_fen - ? WHERE account_id = ?"
        " RETURNING balance_fen",
        (amount_fen, account_id),
    ).fetchone()[0]
    connection.execute(
        "INSERT INTO transactions (transaction_id, account_id, posted_at, amount_fen,"
        " balance_fen, counterparty, memo) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            f"txn_{secrets.token_hex(10)}",
            account_id,
            instant_text(now),
            -amount_fen,
            balance_fen,
            "沙箱银行",
            memo,
        ),
    )
