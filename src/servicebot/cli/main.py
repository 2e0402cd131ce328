"""`servicebot`: the commands and their exit codes (0 fine, 1 the check failed, 2 wrong use)."""

import sys

import click

from servicebot import __version__
from servicebot.cli.ask import ask, explain
from servicebot.cli.bench import bench
from servicebot.cli.chat import chat
from servicebot.cli.content import content
from servicebot.cli.desk import desk
from servicebot.cli.evaluate import evaluate
from servicebot.cli.records import records
from servicebot.cli.sandbox import sandbox_bank
from servicebot.cli.serve import serve
from servicebot.cli.train import train
from servicebot.domain.errors import ContentError, ServicebotError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="servicebot")
def cli() -> None:
    """The open conversational customer-service bot for banks."""


for command in (
    ask,
    bench,
    chat,
    content,
    desk,
    evaluate,
    explain,
    records,
    sandbox_bank,
    serve,
    train,
):
    cli.add_command(command)


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
        click.echo(str(error), err=True)
        sys.exit(1)
    except ServicebotError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
