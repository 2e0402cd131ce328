"""Refusals as application/problem+json: one exception, one table of stable codes."""

from collections.abc import Mapping
from typing import Final

JsonObject = dict[str, object]

PROBLEMS: Final[Mapping[str, tuple[int, str]]] = {
    "invalid_request": (400, "The request is not understood"),
    "key_invalid": (400, "Idempotency-Key is missing or malformed"),
    "unauthorized": (401, "The service token is missing or wrong"),
    "subject_unknown": (403, "This subject is not known"),
    "subject_revoked": (403, "This subject was revoked"),
    "loopback_only": (403, "Only callers on this machine may do that"),
    "not_found": (404, "Nothing here"),
    "key_unknown": (404, "Nothing was done with this key"),
    "method_not_allowed": (405, "This path does not take that method"),
    "nothing_owed": (409, "Nothing is owed"),
    "amount_too_small": (409, "The amount is too small"),
    "amount_too_large": (409, "The amount is too large"),
    "quote_expired": (409, "The quote has expired"),
    "quote_changed": (409, "The quote does not hold any more"),
    "insufficient_funds": (409, "The account does not cover the amount"),
    "step_up_missing": (409, "There is no approved confirmation"),
    "step_up_mismatch": (409, "The confirmation was given for something else, or was used"),
    "loan_busy": (409, "Another repayment of this loan is being processed"),
    "key_voided": (409, "The key was voided"),
    "card_lost": (409, "The card was reported lost"),
    "too_many_links": (409, "Too many pages were asked for"),
    "token_spent": (409, "This one-time page was used or has expired"),
    "body_too_large": (413, "The request is too large"),
    "key_reused": (422, "The key was used with another request"),
    "internal_error": (500, "The bank failed"),
    "unavailable": (503, "The bank is not available"),
}


class ProblemError(Exception):
    """A call that is answered with a problem document; nothing was changed by it.

    `code` must stand in PROBLEMS, which gives status and title.
    """

    def __init__(
        self, code: str, detail: str, *, extra: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.status, self.title = PROBLEMS[code]
        self.detail = detail
        self.extra = dict(extra or {})

    def body(self) -> JsonObject:
        """Return the problem document."""
        return {
            "status": self.status,
            "code": self.code,
            "title": self.title,
            "detail": self.detail,
            **self.extra,
        }


def not_found(what: str) -> ProblemError:
    """Say that `what` is not there: the same words for a stranger's resource and for none."""
    return ProblemError("not_found", f"no such {what}")
