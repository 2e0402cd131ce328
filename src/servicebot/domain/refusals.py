"""Codes of the bank that decide about money, as docs/bank_api.md has them; the only list of them."""

from typing import Final

KEY_UNKNOWN: Final = "key_unknown"
"""The read by key: so far nothing was done with this key. A late copy may still come."""

KEY_VOIDED: Final = "key_voided"
"""The repayment: this key was voided, no copy of the call can move money any more."""

LOAN_BUSY: Final = "loan_busy"
"""The repayment: another one of this loan is open. The bot says it too, of its own open moves."""

ENDS_REPAYMENT: Final = frozenset(
    {
        "quote_expired",
        "quote_changed",
        "insufficient_funds",
        "step_up_missing",
        "step_up_mismatch",
        LOAN_BUSY,
        KEY_VOIDED,
    }
)
"""The repayment: refused for good, the key is used up. Any other refusal leaves its end open."""
