"""A new password of the desk is not one of those that are tried first."""

import pytest
from argon2 import PasswordHasher
from click import UsageError

from servicebot.cli.new_password import hash_new


@pytest.mark.parametrize(
    "password", ["a-long-password", "correct horse battery", "竹外桃花三两枝，春江水暖"]
)
def test_a_long_password_that_nobody_guesses_is_taken(password: str) -> None:
    assert PasswordHasher().verify(hash_new(password, ("小安",)), password)


@pytest.mark.parametrize(
    "password",
    ["short", "password1234", "Password2026!", "qwertyuiop12", "abcabcabcabc", "servicebot2026"],
)
def test_a_password_that_is_tried_first_is_refused_with_what_to_do(password: str) -> None:
    with pytest.raises(UsageError, match=r"word|characters"):
        hash_new(password, ("小安",))


def test_nobody_builds_a_password_of_their_name_or_of_the_banks_words() -> None:
    assert hash_new("weilidai2026", ())
    with pytest.raises(UsageError):
        hash_new("weilidai2026", ("Weilidai",))
