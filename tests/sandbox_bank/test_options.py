from typing import Any

import pytest

from servicebot.sandbox_bank.options import SandboxOptions

GOOD: dict[str, Any] = {
    "host": "127.0.0.1",
    "port": 8090,
    "book_path": ":memory:",
    "service_token": "a-secret-token",
    "callback_url": "http://bot.test/webhooks/bank",
    "callback_secret": "a-callback-secret",
    "public_url": "http://bank.test",
}


def test_secrets_are_not_shown() -> None:
    assert "secret" not in repr(SandboxOptions(**GOOD)).replace("callback_secret", "")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"service_token": ""}, "service_token is empty"),
        ({"callback_secret": ""}, "needs a callback_secret"),
        ({"public_url": "bank.test"}, "must start with http"),
        ({"port": 70_000}, "port must lie"),
    ],
)
def test_options_that_could_only_fail_later_are_refused(
    change: dict[str, object], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        SandboxOptions(**GOOD | change)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(ValueError, match=r"token.*port"):
        SandboxOptions(**GOOD | {"service_token": "", "port": -1})
