"""One JSON line per event on stderr; personal numbers are masked as the last step."""

import hashlib
import logging
import sys
import time
from typing import Final

from pythonjsonlogger.json import JsonFormatter
from typing_extensions import override

from servicebot.telemetry.masking import mask_personal_numbers
from servicebot.telemetry.quiet import Quiet

_FIELDS: Final = "%(asctime)s %(levelname)s %(name)s %(message)s"


class MaskingFormatter(JsonFormatter):
    """Masks the finished line, so that no field slips through."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        """The line, masked."""
        return mask_personal_numbers(super().format(record))


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
