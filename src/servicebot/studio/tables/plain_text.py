"""A cell of a spreadsheet as people see it."""

from datetime import date, datetime


def plain_text(value: object) -> str:
    """What people see: no `.0` behind a whole number, no hour behind a day."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
