"""Every wrong setting is told, all at once, with what to write."""

from datetime import date
from pathlib import Path

import pytest

from servicebot.content.content import Content
from servicebot.domain.costs import Costs
from servicebot.domain.desk_hours import EVERY_DAY, DeskHours, parse_week
from servicebot.domain.desk_people import Role
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


def test_secrets_come_from_the_environment_or_a_file_and_never_from_both(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from the file\n", encoding="utf-8")
    found = load_settings({"SERVICEBOT_AUDIT_KEY_FILE": "key"}, start=tmp_path)
    assert found.desk.audit.key == "from the file"
    assert "from the file" not in repr(found)
    both = {"SERVICEBOT_AUDIT_KEY_FILE": "key", "SERVICEBOT_AUDIT_KEY": "x"}
    assert "take one of them out" in faults(both, tmp_path)[0]
    assert "cannot be read" in faults({"SERVICEBOT_DESK_KEY_FILE": "none"}, tmp_path)[0]


def test_signing_in_with_the_banks_account_needs_all_of_it(tmp_path: Path) -> None:
    found = "\n".join(faults({"SERVICEBOT_OIDC_ISSUER": "https://id.bank.example"}, tmp_path))
    for name in ("CLIENT_ID", "CLIENT_SECRET", "ROLES"):
        assert f"SERVICEBOT_OIDC_{name}" in found
    plain = {"SERVICEBOT_OIDC_ISSUER": "http://id.bank.example"}
    assert "https://" in "\n".join(faults(plain, tmp_path))
    assert "group=role" in "\n".join(faults({"SERVICEBOT_OIDC_ROLES": "a=boss"}, tmp_path))


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


def test_an_account_without_a_role_is_an_agent(tmp_path: Path) -> None:
    written = "小王=$argon2-1; 小文:editor=$argon2-2"
    people = load_settings({"SERVICEBOT_DESK_AGENTS": written}, start=tmp_path).desk.people
    assert {one.name: one.role for one in people.values()} == {
        "小王": Role.AGENT,
        "小文": Role.EDITOR,
    }
    assert people["小文"].password_hash == "$argon2-2"


def test_a_role_that_there_is_not_is_told(tmp_path: Path) -> None:
    told = faults({"SERVICEBOT_DESK_AGENTS": "坏:chef=$argon2-1"}, tmp_path)[0]
    assert "`chef` is no role" in told
    assert "editor" in told


def test_the_desk_is_open_from_nine_to_nine_unless_the_bank_says_otherwise(tmp_path: Path) -> None:
    assert load_settings({}, start=tmp_path).desk.hours == DeskHours(week=parse_week(EVERY_DAY))
    environ = {
        "SERVICEBOT_DESK_HOURS": "1-5 09:00-12:00,13:00-21:00; 6-7 10:00-18:00",
        "SERVICEBOT_DESK_HOLIDAYS": "closed",
        "SERVICEBOT_DESK_CLOSED_DAYS": "2027-02-05",
        "SERVICEBOT_DESK_SILENCE_MIN": "5",
    }
    desk = load_settings(environ, start=tmp_path).desk
    assert [len(day) for day in desk.hours.week] == [2, 2, 2, 2, 2, 1, 1]
    assert desk.hours.holidays_closed
    assert desk.hours.closed == {date(2027, 2, 5)}
    assert desk.silence_min == 5


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DESK_HOURS", "nine to five"),
        ("DESK_HOLIDAYS", "maybe"),
        ("DESK_CLOSED_DAYS", "tomorrow"),
        ("DESK_SILENCE_MIN", "0"),
    ],
)
def test_what_is_wrong_about_the_desk_is_told(tmp_path: Path, name: str, value: str) -> None:
    (fault,) = faults({f"SERVICEBOT_{name}": value}, tmp_path)
    assert name in fault


def test_the_default_hours_agree_with_the_articles(content: Content) -> None:
    (day,) = set(parse_week(EVERY_DAY))
    (block,) = day
    values = content.values
    told = [values[name].value for name in ("agents_from", "agents_to")]
    assert told == [f"{m // 60}:{m % 60:02d}" for m in (block.start_min, block.end_min)]


def test_costs_are_named_and_the_rest_is_as_usual() -> None:
    settings = load_settings({"SERVICEBOT_COSTS": "wrong=20"})
    assert settings.understanding.costs == Costs(wrong=20.0)


@pytest.mark.parametrize("text", ["wrong=-1", "price=3", "tap=x", "tap=nan"])
def test_costs_that_are_none_are_a_fault(text: str) -> None:
    with pytest.raises(SettingsError, match="COSTS"):
        load_settings({"SERVICEBOT_COSTS": text})


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", ""),
        ("sqlite:////srv/r.db", "sqlite:////srv/r.db"),
        ("postgres://u:p@h/n", "postgresql+psycopg://u:p@h/n"),
        ("postgresql://u:p@h/n?sslmode=require", "postgresql+psycopg://u:p@h/n?sslmode=require"),
        (" postgresql+psycopg:///n?host=/run ", "postgresql+psycopg:///n?host=/run"),
    ],
)
def test_the_records_stand_in_a_file_or_on_postgresql(
    tmp_path: Path, written: str, meant: str
) -> None:
    settings = load_settings({"SERVICEBOT_RECORDS_URL": written}, start=tmp_path)
    assert settings.records_url == meant
    assert "u:p" not in repr(settings)


@pytest.mark.parametrize("wrong", ["mysql://u:geheim@h/n", "records.db", "postgresql://", "geheim"])
def test_another_place_for_the_records_is_refused_without_its_password(
    tmp_path: Path, wrong: str
) -> None:
    (fault,) = faults({"SERVICEBOT_RECORDS_URL": wrong}, tmp_path)
    assert "postgresql://" in fault
    assert "geheim" not in fault


@pytest.mark.parametrize("name", ["{}bank", "a b", ""])
def test_a_name_in_redis_holds_no_blank_and_no_brace(tmp_path: Path, name: str) -> None:
    environ = {"SERVICEBOT_REDIS_URL": "redis://localhost", "SERVICEBOT_REDIS_NAME": name}
    with pytest.raises(SettingsError, match="REDIS_NAME"):
        load_settings(environ, start=tmp_path)
    environ["SERVICEBOT_REDIS_NAME"] = "bank/test-1"
    found = load_settings(environ, start=tmp_path).redis
    assert found is not None
    assert found.name == "bank/test-1"
