"""Links lead only to the bank's pages and to this server."""

from pathlib import Path

from servicebot.app.origins import allowed_origins
from servicebot.settings import load_settings


def test_only_configured_pages_are_allowed(tmp_path: Path) -> None:
    settings = load_settings(
        {
            "SERVICEBOT_BANK_URL": "https://api.bank.example/v9",
            "SERVICEBOT_BANK_TOKEN": "t",
            "SERVICEBOT_BANK_CALLBACK_SECRET": "s",
            "SERVICEBOT_BANK_PAGE_ORIGIN": "https://Pages.bank.example",
        },
        start=tmp_path,
    )
    assert allowed_origins(settings) == {
        "https://api.bank.example",
        "https://pages.bank.example",
    }
