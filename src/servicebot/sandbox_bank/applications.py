"""The reading calls about loan applications and wealth holdings."""

import json
import sqlite3

from servicebot.sandbox_bank.call import Call, Reply
from servicebot.sandbox_bank.problems import JsonObject


def list_applications(call: Call) -> Reply:
    """Answer `GET /v1/applications`, the newest first."""
    rows = call.connection.execute(
        "SELECT * FROM applications WHERE customer_id = ?"
        " ORDER BY submitted_on DESC, application_id",
        (call.customer_id,),
    )
    return Reply(body={"applications": [_application(row) for row in rows]})


def list_holdings(call: Call) -> Reply:
    """Answer `GET /v1/holdings`; every holding names its issuer."""
    rows = call.connection.execute(
        "SELECT holding_id, name, issuer, value_fen, state, arrives_on FROM holdings"
        " WHERE customer_id = ? ORDER BY holding_id",
        (call.customer_id,),
    )
    return Reply(body={"holdings": [_without_nulls(dict(row)) for row in rows]})


def _application(row: sqlite3.Row) -> JsonObject:
    return _without_nulls(
        {
            "application_id": row["application_id"],
            "product": row["product"],
            "submitted_on": row["submitted_on"],
            "state": row["state"],
            "missing": json.loads(row["missing"]),
            "reason_code": row["reason_code"],
            "reapply_on": row["reapply_on"],
            "amount_fen": row["amount_fen"],
        }
    )


def _without_nulls(body: JsonObject) -> JsonObject:
    return {name: value for name, value in body.items() if value is not None}
