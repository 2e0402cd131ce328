"""Month arithmetic for due dates."""

import calendar
from datetime import date


def add_months(start: date, months: int) -> date:
    """Move by whole months; a day that the month lacks becomes the month's last day."""
    month_index = start.year * 12 + start.month - 1 + months
    year, month = divmod(month_index, 12)
    last_day = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last_day))
