"""Brings the records to the edition that this code knows, once, however many processes start."""

import logging
import threading
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from servicebot.adapters.in_sql.alone import alone
from servicebot.domain.errors import StartError

REVISIONS: Final = Path(__file__).with_name("migrations")
_ALEMBIC_IS_ONE_PER_PROCESS: Final = threading.Lock()

_logger = logging.getLogger(__name__)


def migrate(engine: Engine, revisions: Path = REVISIONS) -> None:
    """Runs the revisions that are missing, all of them or none.

    Raises:
        StartError: A newer edition of the program has made these records.
        SQLAlchemyError: The database does not do it; nothing was changed.
    """
    config = Config()
    config.set_main_option("script_location", str(revisions).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        if _is_newest(connection, scripts):
            return
    with _ALEMBIC_IS_ONE_PER_PROCESS, alone(engine) as connection:
        if not _is_newest(connection, scripts):  # another process may have been quicker
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            _logger.info("records_upgraded", extra={"edition": scripts.get_current_head()})


def _is_newest(connection: Connection, scripts: ScriptDirectory) -> bool:
    editions = MigrationContext.configure(connection).get_current_heads()
    known = {script.revision for script in scripts.walk_revisions()}
    for edition in editions:
        if edition not in known:
            raise StartError(
                f"The records are of edition {edition}, made by a newer servicebot; this one knows"
                f" them up to {scripts.get_current_head()}. Start that version again, or go back to"
                " the backup that was made before it was installed."
            )
    return set(editions) == set(scripts.get_heads())
