"""`servicebot desk hash`: makes the hash of an agent's password."""

import click
from argon2 import PasswordHasher


@click.group()
def desk() -> None:
    """Commands for the desk."""


@desk.command("hash")
@click.password_option(help="Asked for when it is not given.")
def hash_password(password: str) -> None:
    """Print an argon2 hash for SERVICEBOT_DESK_AGENTS (name=hash;name=hash)."""
    click.echo(PasswordHasher().hash(password))
