"""The seal of the tests: a real one with a key of their own, the same in every process."""

from datetime import UTC, datetime
from typing import Final

from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.adapters.in_sql.keyring import SqlKeyring
from servicebot.adapters.in_sql.records import SqlRecords
from servicebot.adapters.sealing.aes_gcm import AesGcmSeal
from servicebot.adapters.sealing.master_keys import MasterKey, MasterKeys
from servicebot.adapters.system_clock import SystemClock
from servicebot.turns.sealed_form import SealedForm

KEY: Final = MasterKey(
    used_from=datetime(2020, 1, 1, tzinfo=UTC), secret=b"a key of the tests only, 32 byte"
)
SEAL: Final = AesGcmSeal(MasterKeys(lambda: KEY.line, SystemClock()))
FORM: Final = SealedForm(SEAL)


def records_on(sql: SqlEngine) -> SqlRecords:
    """The records of a database, with their keys beside them."""
    return SqlRecords(sql, SqlKeyring(sql, SEAL))
