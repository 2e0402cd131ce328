"""Idempotency keys: the first result of a key is its result for ever.

A result is a success or a refusal of business (409): after a 409 nothing sent under that key
can move money any more, so servicebot may tell the customer so. A malformed request (4xx
otherwise) is no result and does not use the key up. Keys belong to a customer.
"""

import hashlib
import json

from servicebot.sandbox_bank.call import Call, Operation, Reply
from servicebot.sandbox_bank.clock import instant_text
from servicebot.sandbox_bank.problems import ProblemError

BUSINESS_REFUSAL = 409


def perform_once(call: Call, operation: Operation, request: str) -> Reply:
    """Perform an operation under its key, or repeat the first result.

    `request` is method and path; with the body it is what must be the same again.

    Raises:
        ProblemError: key_reused.
    """
    fingerprint = _fingerprint(request, call)
    row = call.connection.execute(
        "SELECT * FROM answers WHERE customer_id = ? AND key = ?", (call.customer_id, call.key)
    ).fetchone()
    if row is not None:
        if row["request"] != fingerprint:
            raise ProblemError("key_reused", "use a new key for a new request")
        return Reply(status=row["status"], body=json.loads(row["body"]))
    reply = _perform(call, operation)
    call.connection.execute(
        "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?)",
        (
            call.customer_id,
            call.key,
            fingerprint,
            reply.status,
            json.dumps(reply.body, ensure_ascii=False),
            instant_text(call.now),
        ),
    )
    return reply


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
