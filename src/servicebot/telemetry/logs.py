"""One JSON line per event on stderr; personal numbers are masked in every field."""

import hashlib
import logging
import sys
import time
from collections.abc import Mapping
from typing import Final

from pythonjsonlogger.core import LogData
from pythonjsonlogger.json import JsonFormatter
from typing_extensions import override

from servicebot.screening.mask import mask_personal_numbers
from servicebot.telemetry.quiet import Quiet

_FIELDS: Final = "%(asctime)s %(levelname)s %(name)s %(message)s"


class MaskingFormatter(JsonFormatter):
    """Masks every field before the line is written, so that nothing slips through.

    Fields are masked one by one: in the finished line the words that lead to a code would be
    escaped, and a mask across two fields would leave no JSON.
    """

    @override
    def process_log_record(self, log_data: LogData) -> LogData:
        """The fields, masked at any depth."""
        return {key: _masked(value) for key, value in super().process_log_record(log_data).items()}


def _masked(value: object) -> object:
    match value:
        case bool() | None | float():
            return value
        case Mapping():
            return {_masked(str(key)): _masked(part) for key, part in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_masked(part) for part in value]
        case _:
            text = str(value)
            masked = mask_personal_numbers(text)
            return value if isinstance(value, int) and masked == text else masked


def log_name(conversation_id: str) -> str:
    """A conversation's name for the log: the same each time, and no platform's id of a person."""
    return hashlib.sha256(conversation_id.encode()).hexdigest()[:12]


def set_up_logs(level: str) -> None:
    """Sends every log line of `level` and above to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    formatter = MaskingFormatter(
        _FIELDS, datefmt="%Y-%m-%dT%H:%M:%SZ", rename_fields={"levelname": "level"}
    )
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    handler.addFilter(Quiet())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in ("aiohttp.access", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
