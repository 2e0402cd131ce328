"""Voiding a key: whoever does not know what became of a repayment makes sure that it cannot come late."""

from servicebot.sandbox_bank.call import Call, Reply
from servicebot.sandbox_bank.keys import void
from servicebot.sandbox_bank.problems import ProblemError
from servicebot.sandbox_bank.repayments import find_by_key, read_by_key
from servicebot.sandbox_bank.wire import KEY_PATTERN, Fields


def void_key(call: Call) -> Reply:
    """Answer `POST /v1/repayments/{key}/void`: the repayment where there is one, else voided.

    A key whose repayment was refused moves nothing any more either; it keeps its refusal.

    Raises:
        ProblemError: key_invalid.
    """
    Fields(call.body, known=())
    key = call.path["key"]
    if not KEY_PATTERN.fullmatch(key):
        raise ProblemError("key_invalid", "8 to 128 characters of [A-Za-z0-9_-]")
    if find_by_key(call) is not None:
        return read_by_key(call)
    void(call, key)
    return Reply(body={"key": key, "state": "voided"})
