"""Everything that can be set, read once from the environment and an optional servicebot.toml.

`SERVICEBOT_<SECTION>_<NAME>` in the environment, `[section] name = …` in the file; the environment
wins. An unknown name is a fault, and all faults are told at once.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlsplit

from servicebot.domain import desk_hours
from servicebot.domain.costs import USUAL, Costs, parse_costs
from servicebot.domain.errors import SettingsError
from servicebot.domain.records_address import parse_records_address

PREFIX: Final = "SERVICEBOT_"
_OF_OTHERS: Final = frozenset({"SERVICEBOT_DATA", "SERVICEBOT_CONFIG"})
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """The HTTP server. `api_token` guards `POST /v1/messages`; empty only on loopback."""

    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str = ""
    api_token: str = field(default="", repr=False)
    chat_secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """Where the embedded store and the fitted model keep their files, and how many workers run."""

    dir: Path = Path("var")
    fitted_dir: Path = Path("var/fitted")
    workers: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """The bank's HTTP services; `sandbox` is set by `serve --sandbox`, never from outside."""

    url: str = ""
    sandbox: bool = False
    token: str = field(default="", repr=False)
    callback_secret: str = field(default="", repr=False)
    page_origin: str = ""
    read_deadline_s: float = 3.0
    move_deadline_s: float = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """The encoder (`bundled`, a folder, or a hub name), its threads, what decides the gates."""

    encoder: str = "bundled"
    encoder_threads: int = 2
    wrong_answer_rate: float = 0.10
    costs: Costs = USUAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Agents who may sign in (name -> argon2 hash), when they serve, how long one may be silent."""

    agents: Mapping[str, str] = field(default_factory=dict, repr=False)
    hours: desk_hours.DeskHours = desk_hours.ALL_WEEK
    silence_min: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WeChat:
    """A WeChat Official Account in safe mode."""

    token: str = field(repr=False)
    aes_key: str = field(repr=False)
    appid: str = ""
    secret: str = field(repr=False)
    account: str = ""
    api_url: str = "https://api.weixin.qq.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All sections. A channel is on when its section is not None."""

    web: Web
    store: Store
    bank: Bank
    understanding: Understanding
    desk: Desk
    wechat: WeChat | None
    content_dir: Path
    records_url: str = field(repr=False)
    log_level: str


def load_settings(environ: Mapping[str, str], *, start: Path | None = None) -> Settings:
    """Reads the settings.

    Args:
        environ: The environment.
        start: Where servicebot.toml is looked for and relative paths begin; the current folder.

    Raises:
        SettingsError: Every fault, each with what to write instead.
    """
    base = start if start is not None else Path()
    reader = _Reader({**_from_file(environ, base), **_ours(environ)})
    settings = Settings(
        web=_web(reader),
        store=_store(reader, base),
        bank=_bank(reader),
        understanding=Understanding(
            encoder=reader.text("ENCODER", "bundled"),
            encoder_threads=reader.whole("ENCODER_THREADS", 2, least=1, most=64),
            wrong_answer_rate=reader.number("WRONG_ANSWER_RATE", 0.10, least=0.001, most=0.5),
            costs=reader.read("COSTS", "tap=1;not_served=3;wrong=10;begun=4", parse_costs),
        ),
        desk=_desk(reader),
        wechat=_wechat(reader),
        content_dir=base / reader.text("CONTENT_DIR", "."),
        records_url=reader.read("RECORDS_URL", "", parse_records_address),
        log_level=reader.read("LOG_LEVEL", "INFO", _level),
    )
    reader.refuse_faults()
    return settings


def _web(reader: "_Reader") -> Web:
    web = Web(
        host=reader.text("WEB_HOST", "127.0.0.1"),
        port=reader.whole("WEB_PORT", 8080, least=0, most=65535),
        public_url=reader.read("WEB_PUBLIC_URL", "", _url),
        api_token=reader.text("WEB_API_TOKEN", ""),
        chat_secret=reader.text("WEB_CHAT_SECRET", ""),
    )
    reached = {web.host, urlsplit(web.public_url).hostname or web.host} - _LOOPBACK
    if reached and not web.api_token:
        fault = f"others reach the server at {min(reached)}; set a long random token"
        reader.note("WEB_API_TOKEN", fault)
    return web


def _store(reader: "_Reader", base: Path) -> Store:
    folder = base / reader.text("STORE_DIR", "var")
    fitted = reader.text("STORE_FITTED_DIR", "")
    return Store(
        dir=folder,
        fitted_dir=base / fitted if fitted else folder / "fitted",
        workers=reader.whole("STORE_WORKERS", 8, least=1, most=256),
    )


def _bank(reader: "_Reader") -> Bank:
    bank = Bank(
        url=reader.read("BANK_URL", "", _url),
        token=reader.text("BANK_TOKEN", ""),
        callback_secret=reader.text("BANK_CALLBACK_SECRET", ""),
        page_origin=reader.read("BANK_PAGE_ORIGIN", "", _url),
        read_deadline_s=reader.number("BANK_READ_DEADLINE_S", 3.0, least=0.1, most=60),
        move_deadline_s=reader.number("BANK_MOVE_DEADLINE_S", 8.0, least=0.1, most=60),
    )
    needed = {"BANK_TOKEN": bank.token, "BANK_CALLBACK_SECRET": bank.callback_secret}
    for name in (name for name, value in needed.items() if bank.url and not value):
        reader.note(name, "it is needed beside SERVICEBOT_BANK_URL")
    return bank


def _desk(reader: "_Reader") -> Desk:
    return Desk(
        agents=reader.read("DESK_AGENTS", "", desk_hours.parse_agents),
        hours=desk_hours.DeskHours(
            week=reader.read("DESK_HOURS", desk_hours.EVERY_DAY, desk_hours.parse_week),
            closed=reader.read("DESK_CLOSED_DAYS", "", desk_hours.parse_days),
            holidays_closed=reader.read("DESK_HOLIDAYS", "open", desk_hours.parse_holidays),
        ),
        silence_min=reader.number("DESK_SILENCE_MIN", 10.0, least=0.1, most=240),
    )


def _wechat(reader: "_Reader") -> WeChat | None:
    names = ("WECHAT_TOKEN", "WECHAT_AES_KEY", "WECHAT_APPID", "WECHAT_SECRET")
    values = {name: reader.text(name, "") for name in names}
    account = reader.text("WECHAT_ACCOUNT", "")
    api_url = reader.read("WECHAT_API_URL", "https://api.weixin.qq.com", _url)
    if not any(values.values()):
        return None
    for name in names:
        if not values[name]:
            reader.note(name, "WeChat needs all of TOKEN, AES_KEY, APPID and SECRET")
    if values["WECHAT_AES_KEY"] and not re.fullmatch("[A-Za-z0-9+/]{43}", values["WECHAT_AES_KEY"]):
        reader.note("WECHAT_AES_KEY", "it must be the 43 letters and digits of EncodingAESKey")
    return WeChat(
        token=values["WECHAT_TOKEN"],
        aes_key=values["WECHAT_AES_KEY"],
        appid=values["WECHAT_APPID"],
        secret=values["WECHAT_SECRET"],
        account=account,
        api_url=api_url,
    )


class _Reader:
    """Takes settings out by name and notes faults."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = dict(values)
        self._faults: list[str] = []

    def note(self, name: str, fault: str) -> None:
        self._faults.append(f"{PREFIX}{name}: {fault}.")

    def read(self, name: str, default: str, parse: Callable[[str], T]) -> T:
        raw = self._values.pop(PREFIX + name, default)
        try:
            return parse(raw)
        except ValueError as error:
            self.note(name, str(error))
            return parse(default)

    def text(self, name: str, default: str) -> str:
        return self.read(name, default, str.strip)

    def whole(self, name: str, default: int, *, least: int, most: int) -> int:
        def parse(raw: str) -> int:
            if not raw.strip().isdecimal() or not least <= int(raw) <= most:
                raise ValueError(f"`{raw}` must be a whole number from {least} to {most}")
            return int(raw)

        return self.read(name, str(default), parse)

    def number(self, name: str, default: float, *, least: float, most: float) -> float:
        def parse(raw: str) -> float:
            wrong = f"`{raw}` must be a number from {least} to {most}"
            try:
                value = float(raw)
            except ValueError:
                raise ValueError(wrong) from None
            if not least <= value <= most:
                raise ValueError(wrong)
            return value

        return self.read(name, str(default), parse)

    def refuse_faults(self) -> None:
        self._faults += [
            f"{name}: there is no such setting; docs/settings.md lists all of them."
            for name in sorted(self._values)
        ]
        if self._faults:
            raise SettingsError(tuple(self._faults))


def _ours(environ: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in environ.items()
        if name.startswith(PREFIX) and name not in _OF_OTHERS
    }


def _from_file(environ: Mapping[str, str], base: Path) -> dict[str, str]:
    named = environ.get("SERVICEBOT_CONFIG")
    file = Path(named) if named else base / "servicebot.toml"
    if not named and not file.exists():
        return {}
    try:
        sections = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError((f"{file}: it cannot be read: {error}.",)) from error
    found: dict[str, str] = {}
    for section, value in sections.items():
        pairs = value.items() if isinstance(value, dict) else ((None, value),)
        for name, one in pairs:
            key = section if name is None else f"{section}_{name}"
            found[PREFIX + key.upper()] = str(one)
    return found


def _url(raw: str) -> str:
    parts = urlsplit(raw)
    if raw and (parts.scheme not in {"http", "https"} or not parts.netloc):
        raise ValueError(f"`{raw}` is no address; write it like https://bank.example")
    return raw.rstrip("/")


def _level(raw: str) -> str:
    levels = {"DEBUG", "INFO", "WARNING", "ERROR"}
    if raw.upper() not in levels:
        raise ValueError(f"`{raw}` must be one of {', '.join(sorted(levels))}")
    return raw.upper()
