"""Everything that can be set, read once from the environment and an optional servicebot.toml.

`SERVICEBOT_<SECTION>_<NAME>` in the environment, `[section] name = …` in the file; the environment
wins. An unknown name is a fault, and all faults are told at once.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from servicebot.desk_settings import Desk, read_desk
from servicebot.domain.costs import USUAL, Costs, parse_costs
from servicebot.domain.errors import SettingsError
from servicebot.domain.records_address import parse_records_address
from servicebot.setting_reader import PREFIX, SettingReader, key_name, web_address, yes_no
from servicebot.web_settings import Web, read_web

_OF_OTHERS: Final = frozenset({"SERVICEBOT_DATA", "SERVICEBOT_CONFIG"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """Where the embedded store and the fitted model keep their files, and how many workers run.

    Attributes:
        dir: The folder of the stores.
        keys_file: The keys that seal every store; None makes a file of its own in `dir`.
        keys_command: A command that prints them instead; empty where there is none.
        fitted_dir: The folder of the fitted model.
        workers: How many conversations are handled at a time.
    """

    dir: Path = Path("var")
    keys_file: Path | None = None
    keys_command: str = field(default="", repr=False)
    fitted_dir: Path = Path("var/fitted")
    workers: int = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class RedisStore:
    """The store of an installation of many processes, and what it must promise.

    Attributes:
        url: `redis://` or `rediss://`.
        name: Prefix of every key; two installations on one server differ in it.
        partitions: How many slots the conversations are spread over; never changed later.
        copies: Replicas that must have a message before it counts as accepted.
        copy_ms: How long they may take.
        unsafe: Starts even where the server may lose what it has taken.
    """

    url: str = field(repr=False)
    name: str = "servicebot"
    partitions: int = 1
    copies: int = 0
    copy_ms: int = 200
    unsafe: bool = False


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
class Identity:
    """How long a customer stays known: after the last words, and at most."""

    idle_min: float = 30.0
    hours: float = 12.0


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
    """All sections. A channel is on when its section is not None; `lures` None is the shipped reader."""

    web: Web
    store: Store
    bank: Bank
    understanding: Understanding
    desk: Desk
    identity: Identity
    wechat: WeChat | None
    redis: RedisStore | None
    health_port: int
    content_dir: Path
    lures: Path | None = None
    content_watch: bool
    records_url: str = field(repr=False)
    record_keys_url: str = field(repr=False)
    records_days: int
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
    reader = SettingReader({**_from_file(environ, base), **_ours(environ)})
    settings = Settings(
        web=read_web(reader),
        store=_store(reader, base),
        bank=_bank(reader),
        understanding=Understanding(
            encoder=reader.text("ENCODER", "bundled"),
            encoder_threads=reader.whole("ENCODER_THREADS", 2, least=1, most=64),
            wrong_answer_rate=reader.number("WRONG_ANSWER_RATE", 0.10, least=0.001, most=0.5),
            costs=reader.read("COSTS", "tap=1;not_served=3;wrong=10;begun=4", parse_costs),
        ),
        desk=read_desk(reader, base),
        identity=Identity(
            idle_min=reader.number("IDENTITY_IDLE_MIN", 30, least=1, most=1440),
            hours=reader.number("IDENTITY_HOURS", 12, least=0.1, most=720),
        ),
        wechat=_wechat(reader),
        redis=_redis(reader),
        health_port=reader.whole("HEALTH_PORT", 8081, least=0, most=65535),
        content_dir=base / reader.text("CONTENT_DIR", "."),
        lures=reader.read("LURES", "", partial(_lures, base)),
        content_watch=reader.read("CONTENT_WATCH", "1", yes_no),
        records_url=reader.read("RECORDS_URL", "", parse_records_address),
        record_keys_url=reader.read("RECORDS_KEYS_URL", "", parse_records_address),
        records_days=reader.whole("RECORDS_DAYS", 3653, least=1, most=36_530),
        log_level=reader.read("LOG_LEVEL", "INFO", _level),
    )
    reader.refuse_faults()
    return settings


def _store(reader: SettingReader, base: Path) -> Store:
    folder = base / reader.text("STORE_DIR", "var")
    fitted = reader.text("STORE_FITTED_DIR", "")
    keys, command = reader.text("STORE_KEYS_FILE", ""), reader.text("STORE_KEYS_COMMAND", "")
    if keys and command:
        reader.note("STORE_KEYS_COMMAND", "set it or SERVICEBOT_STORE_KEYS_FILE, not both")
    return Store(
        dir=folder,
        keys_file=base / keys if keys else None,
        keys_command=command,
        fitted_dir=base / fitted if fitted else folder / "fitted",
        workers=reader.whole("STORE_WORKERS", 8, least=1, most=256),
    )


def _bank(reader: SettingReader) -> Bank:
    bank = Bank(
        url=reader.read("BANK_URL", "", web_address),
        token=reader.text("BANK_TOKEN", ""),
        callback_secret=reader.text("BANK_CALLBACK_SECRET", ""),
        page_origin=reader.read("BANK_PAGE_ORIGIN", "", web_address),
        read_deadline_s=reader.number("BANK_READ_DEADLINE_S", 3.0, least=0.1, most=60),
        move_deadline_s=reader.number("BANK_MOVE_DEADLINE_S", 8.0, least=0.1, most=60),
    )
    needed = {"BANK_TOKEN": bank.token, "BANK_CALLBACK_SECRET": bank.callback_secret}
    for name in (name for name, value in needed.items() if bank.url and not value):
        reader.note(name, "it is needed beside SERVICEBOT_BANK_URL")
    return bank


def _redis(reader: SettingReader) -> RedisStore | None:
    found = RedisStore(
        url=reader.read("REDIS_URL", "", _redis_url),
        name=reader.read("REDIS_NAME", "servicebot", key_name),
        partitions=reader.whole("REDIS_PARTITIONS", 1, least=1, most=1024),
        copies=reader.whole("REDIS_COPIES", 0, least=0, most=10),
        copy_ms=reader.whole("REDIS_COPY_MS", 200, least=1, most=5000),
        unsafe=reader.read("REDIS_UNSAFE", "0", yes_no),
    )
    return found if found.url else None


def _wechat(reader: SettingReader) -> WeChat | None:
    names = ("WECHAT_TOKEN", "WECHAT_AES_KEY", "WECHAT_APPID", "WECHAT_SECRET")
    values = {name: reader.text(name, "") for name in names}
    account = reader.text("WECHAT_ACCOUNT", "")
    api_url = reader.read("WECHAT_API_URL", "https://api.weixin.qq.com", web_address)
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


def _redis_url(raw: str) -> str:
    parts = urlsplit(raw)
    if raw and (parts.scheme not in {"redis", "rediss"} or not parts.netloc):
        raise ValueError("it is no address; write it like redis://redis.bank.example:6379")
    return raw


def _lures(base: Path, text: str) -> Path | None:
    if text and not (base / text / "lures.safetensors").is_file():
        raise ValueError("must be a folder that `servicebot train lures` has written")
    return base / text if text else None


def _level(raw: str) -> str:
    levels = {"DEBUG", "INFO", "WARNING", "ERROR"}
    if raw.upper() not in levels:
        raise ValueError(f"`{raw}` must be one of {', '.join(sorted(levels))}")
    return raw.upper()
