"""Who may work at the desk, and as what."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do at the desk; one role each.

    Attributes:
        AGENT: Takes waiting customers and serves those they hold.
        SUPERVISOR: An agent who may also give a held conversation to another agent.
        AUDITOR: Reads the audit trail and nothing else.
        ADMIN: Ends other people's sessions; accounts are changed on the command line.
        EDITOR: Writes drafts of the content in the studio.
        APPROVER: Does that too, and publishes what others wrote.
    """

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    ADMIN = "admin"
    EDITOR = "editor"
    APPROVER = "approver"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who may sign in with a password.

    Attributes:
        name: As shown to customers, 1 to 100 characters.
        role: What they may do.
        password_hash: argon2id.
        second_factor: The sealed secret of their one-time codes; None where they have none.
    """

    name: str
    role: Role
    password_hash: str = field(repr=False)
    second_factor: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSession:
    """Somebody who is signed in in one browser.

    Attributes:
        id: Hash of the token, hexadecimal; the token itself is nowhere stored.
        agent: Whose it is.
        role: What they may do.
        ends_at: When the shift ends, UTC.
    """

    id: str
    agent: str
    role: Role
    ends_at: datetime
