"""One JSON object on stdout and nothing else."""

from typing import Any

import click
import orjson


def print_json(value: dict[str, Any]) -> None:
    """Prints it, readable by programs and people."""
    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())
