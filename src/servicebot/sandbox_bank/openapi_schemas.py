"""The shapes of all bodies, as OpenAPI 3.1 component schemas."""

from collections.abc import Mapping
from typing import Final

from servicebot.sandbox_bank.faults import KINDS
from servicebot.sandbox_bank.problems import JsonObject
from servicebot.sandbox_bank.products import OPERATION_NAMES, PRODUCT_NAMES
from servicebot.sandbox_bank.wire import LARGEST_FEN, LONGEST_TEXT

TEXT: Final[JsonObject] = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}
FEN: Final[JsonObject] = {"type": "integer", "minimum": 0, "maximum": LARGEST_FEN}
SIGNED_FEN: Final[JsonObject] = {"type": "integer"}
COUNT: Final[JsonObject] = {"type": "integer", "minimum": 0}
DATE: Final[JsonObject] = {"type": "string", "format": "date"}
DATE_OR_NONE: Final[JsonObject] = {"type": ["string", "null"], "format": "date"}
INSTANT: Final[JsonObject] = {"type": "string", "format": "date-time"}
INSTANT_OR_NONE: Final[JsonObject] = {"type": ["string", "null"], "format": "date-time"}
TAIL: Final[JsonObject] = {"type": "string", "pattern": "^[0-9]{4}$"}
URL: Final[JsonObject] = {"type": "string", "format": "uri"}
PPM: Final[JsonObject] = {"type": "integer", "minimum": 0, "maximum": 1_000_000}


def one_of(*values: str) -> JsonObject:
    """Return the schema of a closed set of words."""
    return {"type": "string", "enum": list(values)}


def record(
    required: Mapping[str, object], optional: Mapping[str, object] | None = None
) -> JsonObject:
    """Return the schema of an object with just these fields."""
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **(optional or {})},
        "additionalProperties": False,
    }


def listing(name: str, item: JsonObject) -> JsonObject:
    """Return the schema of an object that holds one list."""
    return record({name: {"type": "array", "items": item}})


PRODUCT: Final = one_of(*PRODUCT_NAMES)
LOAN_HEAD: Final[JsonObject] = {"loan_id": TEXT, "product": PRODUCT}
BILL_PARTS: Final[JsonObject] = {
    "principal_fen": FEN,
    "interest_fen": FEN,
    "total_fen": FEN,
}

LOAN: Final = record(
    {
        **LOAN_HEAD,
        "principal_fen": FEN,
        "outstanding_fen": FEN,
        "annual_rate": {"type": "string", "pattern": r"^0\.[0-9]+$"},
        "method": one_of("equal_installment", "interest_first", "daily_interest"),
        "opened_on": DATE,
        "state": one_of("active", "overdue", "settled"),
        "next_due_on": DATE_OR_NONE,
        "next_due_fen": FEN,
    }
)
QUOTE: Final = record(
    {
        "quote_id": TEXT,
        **LOAN_HEAD,
        "kind": one_of("full", "partial"),
        **BILL_PARTS,
        "penalty_fen": FEN,
        "fee_fen": FEN,
        "account_id": TEXT,
        "account_tail": TAIL,
        "outstanding_after_fen": FEN,
        "valid_until": INSTANT,
    },
    {"min_fen": FEN},
)
REPAYMENT: Final = record(
    {
        "repayment_id": TEXT,
        "state": one_of("succeeded", "processing", "failed"),
        "total_fen": FEN,
        "outstanding_fen": FEN,
        "posted_at": INSTANT_OR_NONE,
        "receipt_no": {"type": ["string", "null"]},
    },
    {"failure_code": TEXT},
)
APPLICATION: Final = record(
    {
        "application_id": TEXT,
        "product": PRODUCT,
        "submitted_on": DATE,
        "state": one_of("reviewing", "need_documents", "approved", "disbursed", "declined"),
        "missing": {"type": "array", "items": TEXT},
        "amount_fen": FEN,
    },
    {"reason_code": TEXT, "reapply_on": DATE},
)
STEP_UP_REQUEST: Final = record(
    {
        "operation": one_of(*OPERATION_NAMES),
        "resource_id": TEXT,
        "amount_fen": FEN,
        "account_id": TEXT,
        "conversation": TEXT,
        "reference": TEXT,
    }
)
INSTALLMENT: Final = record(
    {
        "number": COUNT,
        "due_on": DATE,
        **BILL_PARTS,
        "state": one_of("paid", "due", "overdue", "planned"),
    }
)
ACCOUNT: Final = record(
    {
        "account_id": TEXT,
        "name": TEXT,
        "tail": TAIL,
        "balance_fen": FEN,
        "available_fen": FEN,
        "state": one_of("active", "frozen"),
    }
)
TRANSACTION: Final = record(
    {
        "transaction_id": TEXT,
        "posted_at": INSTANT,
        "amount_fen": SIGNED_FEN,
        "balance_fen": FEN,
        "counterparty": TEXT,
        "memo": TEXT,
    }
)
LIMIT: Final = record(
    {
        "product": PRODUCT,
        "total_fen": FEN,
        "used_fen": FEN,
        "available_fen": FEN,
        "state": one_of("open", "frozen", "closed"),
    },
    {"reason_code": TEXT},
)
HOLDING: Final = record(
    {
        "holding_id": TEXT,
        "name": TEXT,
        "issuer": TEXT,
        "value_fen": FEN,
        "state": one_of("held", "redeeming"),
    },
    {"arrives_on": DATE},
)
POSTING: Final = record(
    {
        "posting_id": TEXT,
        "repayment_id": TEXT,
        "key": TEXT,
        "loan_id": TEXT,
        "amount_fen": FEN,
        "posted_at": INSTANT,
    }
)

SCHEMAS: Final[Mapping[str, JsonObject]] = {
    "Problem": {
        "type": "object",
        "required": ["status", "code", "title", "detail"],
        "properties": {
            "status": {"type": "integer"},
            "code": TEXT,
            "title": TEXT,
            "detail": TEXT,
            "max_fen": FEN,
            "min_fen": FEN,
        },
    },
    "LinkRequest": record({"channel": TEXT, "channel_user": TEXT, "conversation": TEXT}),
    "NewLink": record({"link_id": TEXT, "url": URL, "code": TEXT, "expires_at": INSTANT}),
    "Link": record(
        {"link_id": TEXT, "state": one_of("pending", "bound", "expired")},
        {"subject": TEXT, "display_name": TEXT},
    ),
    "Me": record({"display_name": TEXT}),
    "StepUpRequest": STEP_UP_REQUEST,
    "NewStepUp": record({"step_up_id": TEXT, "url": URL, "expires_at": INSTANT}),
    "StepUp": record(
        {
            "step_up_id": TEXT,
            "state": one_of("pending", "approved", "declined", "expired", "used"),
        },
        {"reason_code": one_of("customer", "wrong_pins")},
    ),
    "Accounts": listing("accounts", ACCOUNT),
    "Cards": listing(
        "cards",
        record(
            {
                "card_id": TEXT,
                "account_id": TEXT,
                "tail": TAIL,
                "state": one_of("active", "frozen", "lost"),
            }
        ),
    ),
    "Transactions": listing("transactions", TRANSACTION),
    "Loans": listing("loans", LOAN),
    "Due": record(
        {
            **LOAN_HEAD,
            "due_on": DATE_OR_NONE,
            **BILL_PARTS,
            "penalty_fen": FEN,
            "overdue_days": COUNT,
            "account_tail": TAIL,
        }
    ),
    "Schedule": record({**LOAN_HEAD, "installments": {"type": "array", "items": INSTALLMENT}}),
    "Lenders": record(
        {
            **LOAN_HEAD,
            "outstanding_fen": FEN,
            "lenders": {
                "type": "array",
                "items": record({"name": TEXT, "share_ppm": PPM, "outstanding_fen": FEN}),
            },
        }
    ),
    "Limits": listing("limits", LIMIT),
    "Applications": listing("applications", APPLICATION),
    "Holdings": listing("holdings", HOLDING),
    "QuoteRequest": record({}, {"amount_fen": {"anyOf": [FEN, {"type": "null"}]}}),
    "Quote": QUOTE,
    "RepaymentRequest": record(
        {"quote_id": TEXT, "loan_id": TEXT, "total_fen": FEN, "account_id": TEXT},
        {"step_up_id": {"anyOf": [TEXT, {"type": "null"}]}},
    ),
    "Repayment": REPAYMENT,
    "VoidedOrRepayment": {"oneOf": [record({"key": TEXT, "state": one_of("voided")}), REPAYMENT]},
    "FreezeRequest": record({}, {"step_up_id": {"anyOf": [TEXT, {"type": "null"}]}}),
    "FrozenCard": record({"card_id": TEXT, "tail": TAIL, "state": one_of("frozen")}),
    "CustomerRequest": record({"customer": TEXT}),
    "DeclineRequest": record({}, {"customer": TEXT}),
    "Visited": record({"state": one_of("done", "declined")}),
    "SampleCustomers": listing(
        "customers",
        record({"customer": TEXT, "name": TEXT, "pin": TEXT, "language": TEXT, "shows": TEXT}),
    ),
    "Ledger": listing("postings", POSTING),
    "Reset": record({"state": one_of("fresh"), "today": DATE}),
    "FaultRequest": record(
        {"path": TEXT, "kind": one_of(*KINDS), "count": {"type": "integer", "minimum": 1}},
        {"method": TEXT, "seconds": {"type": "number", "minimum": 0, "maximum": 600}},
    ),
    "Fault": record({"kind": one_of(*KINDS), "count": COUNT}),
    "Health": record({"status": one_of("ok")}),
    "Event": record(
        {
            "event_id": TEXT,
            "event": one_of("identity.bound", "step_up.approved", "step_up.declined"),
            "conversation": TEXT,
            "channel": TEXT,
            "channel_user": TEXT,
            "reference_id": TEXT,
            "occurred_at": INSTANT,
        }
    ),
}
