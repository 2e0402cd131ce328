"""Idempotency keys: the first result of a key is its result for ever.

A result is a success or a refusal of business (409): after a 409 nothing sent under that key
can move money any more, so servicebot may tell the customer so. A malformed request (4xx
otherwise) is no result and does not use the key up. Keys belong to a customer.

A voided key is one whose first result is `key_voided`, whatever the request is. Book runs one
transaction after another, so of voiding a key and a late copy of its call exactly one wins.
"""

import hashlib
import json
import sqlite3

from servicebot.sandbox_bank.call import Call, Operation, Reply
from servicebot.sandbox_bank.clock import instant_text
from servicebot.sandbox_bank.problems import ProblemError

BUSINESS_REFUSAL = 409
ANY_REQUEST = ""


def perform_once(call: Call, operation: Operation, request: str) -> Reply:
    """Perform an operation under its key, or repeat the first result.

    `request` is method and path; with the body it is what must be the same again.

    Raises:
        ProblemError: key_reused.
    """
    fingerprint = _fingerprint(request, call)
    row = _first_result(call, call.key)
    if row is not None:
        if row["request"] not in {fingerprint, ANY_REQUEST}:
            raise ProblemError("key_reused", "use a new key for a new request")
        return Reply(status=row["status"], body=json.loads(row["body"]))
    reply = _perform(call, operation)
    _keep(call, call.key, fingerprint, reply)
    return reply


def void(call: Call, key: str) -> None:
    """Refuse whatever comes with this key from now on; a key that has a result keeps it."""
    if _first_result(call, key) is not None:
        return
    problem = ProblemError("key_voided", "nothing can be done with this key any more")
    _keep(call, key, ANY_REQUEST, Reply(status=problem.status, body=problem.body()))


def _first_result(call: Call, key: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = call.connection.execute(
        "SELECT * FROM answers WHERE customer_id = ? AND key = ?", (call.customer_id, key)
    ).fetchone()
    return row


def _keep(call: Call, key: str, request: str, reply: Reply) -> None:
    """Write the first result of a key.

    Raises:
        sqlite3.IntegrityError: It has one, which would undo the whole transaction.
    """
    call.connection.execute(
        "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?)",
        (
            call.customer_id,
            key,
            request,
            reply.status,
            json.dumps(reply.body, ensure_ascii=False),
            instant_text(call.now),
        ),
    )


def _perform(call: Call, operation: Operation) -> Reply:
    call.connection.execute("SAVEPOINT operation")
    try:
        reply = operation(call)
    except ProblemError as problem:
        if problem.status != BUSINESS_REFUSAL:
            raise
        call.connection.execute("ROLLBACK TO operation")
        reply = Reply(status=problem.status, body=problem.body())
    call.connection.execute("RELEASE operation")
    return reply


def _fingerprint(request: str, call: Call) -> str:
    canonical = json.dumps(call.body, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{request}\n{canonical}".encode()).hexdigest()
