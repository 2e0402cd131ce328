"""The settings of the desk: who may sign in and how, its hours, and the audit trail."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from servicebot.domain import desk_hours
from servicebot.domain.desk_people import Account, Role
from servicebot.setting_reader import SettingReader, yes_no


@dataclass(frozen=True, slots=True, kw_only=True)
class Oidc:
    """A provider of OpenID Connect.

    Attributes:
        issuer: Its address.
        client_id: This server's name there.
        client_secret: And its secret.
        scope: What is asked for.
        name_claim: The claim that holds the name shown to customers.
        role_claim: The claim that holds groups or roles.
        roles: Value of that claim -> role here; the first that fits counts.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str = "openid profile"
    name_claim: str = "preferred_username"
    role_claim: str = "roles"
    roles: Mapping[str, Role] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """The audit trail.

    Attributes:
        key: Seals the rows; empty: made once and kept with the store.
        head_file: Where the end of the trail is kept; None: beside the store.
    """

    key: str = field(default="", repr=False)
    head_file: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The desk.

    Attributes:
        people: Accounts of the settings, by name; all others stand in the store.
        hours: When people serve.
        silence_min: Minutes that an agent may be silent.
        shift: How long a session lasts at most.
        needs_second_factor: Whether nobody may sign in with a password alone.
        password_words: What no new password may be built of: the bank's names and products.
        key: Signs devices and seals second factors; empty: made once and kept with the store.
        oidc: Signing in with the bank's account; None where it is not set up.
        audit: The audit trail.
    """

    people: Mapping[str, Account] = field(default_factory=dict, repr=False)
    hours: desk_hours.DeskHours = desk_hours.ALL_WEEK
    silence_min: float = 10.0
    shift: timedelta = timedelta(hours=10)
    needs_second_factor: bool = False
    password_words: tuple[str, ...] = ()
    key: str = field(default="", repr=False)
    oidc: Oidc | None = None
    audit: Audit = field(default_factory=Audit)


def read_desk(reader: SettingReader, base: Path) -> Desk:
    """Reads the section; relative files begin at `base`."""
    head_file = reader.text("AUDIT_HEAD_FILE", "")
    return Desk(
        people=reader.read("DESK_AGENTS", "", parse_people),
        hours=desk_hours.DeskHours(
            week=reader.read("DESK_HOURS", desk_hours.EVERY_DAY, desk_hours.parse_week),
            closed=reader.read("DESK_CLOSED_DAYS", "", desk_hours.parse_days),
            holidays_closed=reader.read("DESK_HOLIDAYS", "open", desk_hours.parse_holidays),
        ),
        silence_min=reader.number("DESK_SILENCE_MIN", 10.0, least=0.1, most=240),
        shift=timedelta(hours=reader.number("DESK_SHIFT_H", 10.0, least=0.1, most=24)),
        needs_second_factor=reader.read("DESK_SECOND_FACTOR_REQUIRED", "0", yes_no),
        password_words=tuple(reader.text("DESK_PASSWORD_WORDS", "").split()),
        key=reader.secret("DESK_KEY", base),
        oidc=_oidc(reader, base),
        audit=Audit(
            key=reader.secret("AUDIT_KEY", base),
            head_file=base / head_file if head_file else None,
        ),
    )


def parse_people(text: str) -> Mapping[str, Account]:
    """Accounts written like `小王=hash;小文:editor=hash`; without a role they are agents.

    Raises:
        ValueError: One of them has no hash, or a role that there is not.
    """
    people: dict[str, Account] = {}
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        written, _, hashed = part.partition("=")
        name, _, role = (one.strip() for one in written.partition(":"))
        role = role or Role.AGENT
        if role not in set(Role):
            raise ValueError(f"`{role}` is no role; there are {', '.join(Role)}")
        if not name or not hashed.startswith("$argon2"):
            raise ValueError("write name=hash;name:role=hash with hashes of `servicebot desk hash`")
        people[name] = Account(name=name, role=Role(role), password_hash=hashed)
    return people


def parse_roles(text: str) -> Mapping[str, Role]:
    """Roles written like `desk-agents=agent;desk-leads=supervisor`.

    Raises:
        ValueError: One of them is none.
    """
    roles: dict[str, Role] = {}
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        group, sign, role = part.rpartition("=")
        if not sign or not group.strip() or role.strip() not in set(Role):
            known = ", ".join(Role)
            raise ValueError(f"`{part}` must be group=role, with a role of {known}")
        roles[group.strip()] = Role(role.strip())
    return roles


def _oidc(reader: SettingReader, base: Path) -> Oidc | None:
    found = Oidc(
        issuer=reader.read("OIDC_ISSUER", "", _issuer),
        client_id=reader.text("OIDC_CLIENT_ID", ""),
        client_secret=reader.secret("OIDC_CLIENT_SECRET", base),
        scope=reader.text("OIDC_SCOPE", "openid profile"),
        name_claim=reader.text("OIDC_NAME_CLAIM", "preferred_username"),
        role_claim=reader.text("OIDC_ROLE_CLAIM", "roles"),
        roles=reader.read("OIDC_ROLES", "", parse_roles),
    )
    needed = {
        "OIDC_ISSUER": found.issuer,
        "OIDC_CLIENT_ID": found.client_id,
        "OIDC_CLIENT_SECRET": found.client_secret,
        "OIDC_ROLES": found.roles,
    }
    if not any(needed.values()):
        return None
    for name in (name for name, value in needed.items() if not value):
        reader.note(
            name,
            "signing in with the bank's account needs all of ISSUER, CLIENT_ID, CLIENT_SECRET and ROLES",
        )
    return found


def _issuer(raw: str) -> str:
    """Https only, but for this machine: the provider decides who is let in."""
    local = ("http://127.0.0.1", "http://localhost")
    if raw and not raw.startswith(("https://", *local)):
        raise ValueError(f"`{raw}` must begin with https://")
    return raw
