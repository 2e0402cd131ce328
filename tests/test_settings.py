"""Every wrong setting is told, all at once, with what to write."""

from pathlib import Path

import pytest

from servicebot.domain.costs import Costs
from servicebot.domain.errors import SettingsError
from servicebot.settings import load_settings


def faults(environ: dict[str, str], start: Path) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ, start=start)
    return caught.value.faults


def test_without_any_setting_everything_has_a_default(tmp_path: Path) -> None:
    settings = load_settings({}, start=tmp_path)
    assert (settings.web.host, settings.web.port) == ("127.0.0.1", 8080)
    assert settings.wechat is None


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    found = faults(
        {
            "SERVICEBOT_WEB_PORT": "ninety",
            "SERVICEBOT_COLOUR": "red",
            "SERVICEBOT_BANK_URL": "bank",
            "SERVICEBOT_WECHAT_TOKEN": "t",
        },
        tmp_path,
    )
    told = "\n".join(found)
    for name in ("WEB_PORT", "COLOUR", "BANK_URL", "WECHAT_AES_KEY", "WECHAT_SECRET"):
        assert f"SERVICEBOT_{name}" in told


def test_listening_for_others_needs_a_token(tmp_path: Path) -> None:
    assert "SERVICEBOT_WEB_API_TOKEN" in faults({"SERVICEBOT_WEB_HOST": "10.0.0.1"}, tmp_path)[0]


def test_a_public_address_needs_a_token(tmp_path: Path) -> None:
    environ = {"SERVICEBOT_WEB_PUBLIC_URL": "https://chat.bank.example"}
    assert "SERVICEBOT_WEB_API_TOKEN" in faults(environ, tmp_path)[0]


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "servicebot.toml").write_text(
        'encoder = "some/model"\n[web]\nport = 9000\n[store]\nworkers = 3\n', encoding="utf-8"
    )
    settings = load_settings({"SERVICEBOT_WEB_PORT": "9001"}, start=tmp_path)
    assert (settings.web.port, settings.store.workers) == (9001, 3)
    assert settings.understanding.encoder == "some/model"


def test_a_broken_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "servicebot.toml").write_text("[web\n", encoding="utf-8")
    assert "servicebot.toml" in faults({}, tmp_path)[0]


def test_secrets_do_not_show(tmp_path: Path) -> None:
    environ = {
        "SERVICEBOT_BANK_URL": "https://bank.example",
        "SERVICEBOT_BANK_TOKEN": "hidden-token",
        "SERVICEBOT_BANK_CALLBACK_SECRET": "hidden-secret",
        "SERVICEBOT_WEB_API_TOKEN": "hidden-api",
    }
    assert "hidden" not in repr(load_settings(environ, start=tmp_path))


def test_agents_need_hashes(tmp_path: Path) -> None:
    assert "DESK_AGENTS" in faults({"SERVICEBOT_DESK_AGENTS": "li=secret"}, tmp_path)[0]


def test_costs_are_named_and_the_rest_is_as_usual() -> None:
    settings = load_settings({"SERVICEBOT_COSTS": "wrong=20"})
    assert settings.understanding.costs == Costs(wrong=20.0)


@pytest.mark.parametrize("text", ["wrong=-1", "price=3", "tap=x", "tap=nan"])
def test_costs_that_are_none_are_a_fault(text: str) -> None:
    with pytest.raises(SettingsError, match="COSTS"):
        load_settings({"SERVICEBOT_COSTS": text})
