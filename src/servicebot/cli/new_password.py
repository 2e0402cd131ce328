"""What a new password of the desk must be: long, and not among the first that anybody would try."""

from collections.abc import Sequence
from typing import Final

import click
from argon2 import PasswordHasher
from zxcvbn import zxcvbn

LEAST: Final = 12
_READ: Final = 72  # characters that zxcvbn looks at
# 3 of 4: more than 10^8 guesses (zxcvbn). It knows the 30,000 commonest leaked passwords, names,
# words of English, keyboards, years and repeats, with letters written as digits.
_LEAST_SCORE: Final = 3
_PROGRAM: Final = ("servicebot", "sandbox", "service", "desk")


def hash_new(password: str, words: Sequence[str]) -> str:
    """The argon2 hash of a new password.

    Args:
        password: As typed.
        words: What nobody may build one of: the account's name, the bank's own words.

    Raises:
        click.UsageError: It is too short, or easily guessed.
    """
    if len(password) < LEAST:
        raise click.UsageError(f"A password has at least {LEAST} characters.")
    found = zxcvbn(password[:_READ], user_inputs=[*words, *_PROGRAM])
    if found["score"] < _LEAST_SCORE:
        why = (
            found["feedback"]["warning"] or "This password is built of words that are tried first."
        )
        advice = " ".join(found["feedback"]["suggestions"])
        raise click.UsageError(f"{why} {advice}".strip())
    return PasswordHasher().hash(password)
