"""Settings of the HTTP server: where it listens, whom it believes, how much it takes from whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Final
from urllib.parse import urlsplit

from servicebot.domain.rates import Rate, parse_rate
from servicebot.setting_reader import SettingReader, web_address

_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
Network = IPv4Network | IPv6Network

RATES: Final[Mapping[str, str]] = {
    "requests": "100/s+500",
    "sessions": "2/s+100",
    "sockets": "5/s+100",
    "sign_ins": "1/s+30",
    "page_messages": "20/s+200",
    "conversation": "2/s+120",
    "channel": "1000/s+2000",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How often something may be done; None is as often as one likes.

    Attributes:
        requests: To the pages and their files, by address, in each process.
        sessions: New chats of the page, by address.
        sockets: Connections of pages, by address.
        sign_ins: Tries at the desk, by address.
        page_messages: Messages from the chat page, by address.
        conversation: Messages of one conversation.
        channel: Messages of one channel.
        open_sockets: Pages connected at once from one address, in each process.
        wait_s: The longest wait for an answer that a message is taken in for, in seconds, of who
            has a conversation; of who begins one a quarter.
    """

    requests: Rate | None
    sessions: Rate | None
    sockets: Rate | None
    sign_ins: Rate | None
    page_messages: Rate | None
    conversation: Rate | None
    channel: Rate | None
    open_sockets: int
    wait_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """The HTTP server. `api_token` guards `POST /v1/messages`; empty only on loopback.

    `connections` is how many are held at once; 0 is as many as the descriptor limit lets.
    """

    limits: Limits
    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str = ""
    api_token: str = field(default="", repr=False)
    metrics_token: str = field(default="", repr=False)
    chat_secret: str = field(default="", repr=False)
    proxies: tuple[Network, ...] = ()
    connections: int = 0


def read_web(reader: SettingReader) -> Web:
    """The section."""
    web = Web(
        limits=_limits(reader),
        host=reader.text("WEB_HOST", "127.0.0.1"),
        port=reader.whole("WEB_PORT", 8080, least=0, most=65535),
        public_url=reader.read("WEB_PUBLIC_URL", "", web_address),
        api_token=reader.text("WEB_API_TOKEN", ""),
        metrics_token=reader.text("WEB_METRICS_TOKEN", ""),
        chat_secret=reader.text("WEB_CHAT_SECRET", ""),
        proxies=reader.read("WEB_PROXIES", "", _networks),
        connections=reader.whole("WEB_CONNECTIONS", 0, least=0, most=1_000_000),
    )
    reached = {web.host, urlsplit(web.public_url).hostname or web.host} - _LOOPBACK
    if reached and not web.api_token:
        fault = f"others reach the server at {min(reached)}; set a long random token"
        reader.note("WEB_API_TOKEN", fault)
    return web


def _limits(reader: SettingReader) -> Limits:
    rates = {
        name: reader.read(f"LIMIT_{name.upper()}", usual, parse_rate)
        for name, usual in RATES.items()
    }
    return Limits(
        **rates,
        open_sockets=reader.whole("LIMIT_OPEN_SOCKETS", 200, least=1, most=1_000_000),
        wait_s=reader.number("LIMIT_WAIT_S", 6.0, least=1, most=600),
    )


def _networks(raw: str) -> tuple[Network, ...]:
    names = (name.strip() for name in raw.split(","))
    return tuple(ip_network(name, strict=False) for name in names if name)
