"""`servicebot`: the commands and their exit codes (0 fine, 1 the check failed, 2 wrong use)."""

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Final

import click
from typing_extensions import override

from servicebot import __version__
from servicebot.cli.environment import language_now
from servicebot.content.complaint import told
from servicebot.domain.errors import ContentError, ServicebotError

# Only the command that is run is imported: `content check` need not wait for the model's libraries.
COMMANDS: Final[Mapping[str, str]] = {
    "ask": "ask:ask",
    "audit": "audit:audit",
    "bench": "bench:bench",
    "chat": "chat:chat",
    "cluster": "cluster:cluster",
    "content": "content:content",
    "deliver": "processes:deliver",
    "desk": "desk:desk",
    "erase": "customer:erase",
    "evaluate": "evaluate:evaluate",
    "explain": "ask:explain",
    "export": "customer:export",
    "hold": "customer:hold",
    "keys": "keys:keys",
    "records": "records:records",
    "sandbox-bank": "sandbox:sandbox_bank",
    "serve": "serve:serve",
    "train": "train:train",
    "web": "processes:web",
    "work": "processes:work",
}


class CommandTable(click.Group):
    """A group that finds its commands in `COMMANDS`."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, sorted."""
        return sorted(COMMANDS)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Imports one command; None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"servicebot.cli.{module}"), attribute)
        return command


@click.command(cls=CommandTable, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="servicebot")
def cli() -> None:
    """The open conversational customer-service bot for banks."""


def main() -> None:
    """Runs a command; an error of the program is told in words, without a trace."""
    try:
        sys.exit(cli.main(standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except ContentError as error:
        click.echo("\n".join(told(fault, language_now()) for fault in error.faults), err=True)
        sys.exit(1)
    except ServicebotError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
