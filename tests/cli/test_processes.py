"""What the parts of an installation hold in memory."""

import subprocess
import sys

LOOK = """
import sys
from servicebot.cli.main import cli
assert cli.get_command(None, sys.argv[1]) is not None
print([name for name in ("torch", "transformers", "sklearn", "faiss") if name in sys.modules])
"""


def test_parts_that_handle_no_messages_do_not_load_the_models_libraries() -> None:
    for part in ("web", "deliver"):
        ended = subprocess.run(
            [sys.executable, "-c", LOOK, part], capture_output=True, text=True, check=True
        )
        assert ended.stdout.strip() == "[]", part
