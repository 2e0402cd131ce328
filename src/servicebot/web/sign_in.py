"""Signs in with name, password and, where the account has one, a one-time code."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from argon2 import PasswordHasher

from servicebot.domain.audit import AuditAct, AuditEntry
from servicebot.domain.desk_people import Account, Role
from servicebot.ports.accounts import Accounts
from servicebot.ports.audit_trail import AuditTrail
from servicebot.ports.clock import Clock
from servicebot.web.desk_refusals import DeskRefusedError, Refusal
from servicebot.web.desk_session import DeskSessions
from servicebot.web.known_device import KnownDevices
from servicebot.web.password_pool import PasswordPool
from servicebot.web.second_factor import SecondFactor
from servicebot.web.sign_in_tries import SignInTries, TooManyTriesError, Try

UNKNOWN: Final = "(unknown)"  # a name that is none may be a password in the wrong field


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What somebody typed, and what their browser carries."""

    name: str
    password: str = field(repr=False)
    code: str = field(repr=False)
    address: str
    device: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """What the browser gets.

    Attributes:
        name: Who.
        role: As what.
        token: The session's.
        device: The cookie that makes the browser known; None where it is already.
    """

    name: str
    role: Role
    token: str = field(repr=False)
    device: str | None = field(default=None, repr=False)


class SignIn:
    """The door of the desk."""

    def __init__(  # noqa: PLR0913  people, where they are counted and written down, and the time
        self,
        *,
        people: Mapping[str, Account],
        accounts: Accounts,
        sessions: DeskSessions,
        tries: SignInTries,
        trail: AuditTrail,
        clock: Clock,
        secret: str,
        needs_second_factor: bool = False,
    ) -> None:
        """Takes the accounts of the settings, by name, and the stores."""
        self._people = dict(people)
        self._accounts = accounts
        self._sessions = sessions
        self._tries = tries
        self._trail = trail
        self._clock = clock
        self._needs_second_factor = needs_second_factor
        self._devices = KnownDevices(secret)
        self._factor = SecondFactor(secret)
        # Known browsers have a thread of their own: a flood of strangers keeps no agent out.
        self._strangers, self._known = PasswordPool("strangers"), PasswordPool("known")
        self._nobody = PasswordHasher().hash(secrets.token_hex(8))  # an unknown name takes as long

    async def sign_in(self, typed: Credentials) -> SignedIn:
        """Checks what was typed and begins a session.

        Raises:
            DeskRefusedError: Something is wrong (never said what), or was tried too often, or too
                many sign in at once.
            UnavailableError: A store does not answer.
        """
        account = await self.account(typed.name)
        device = self._devices.read(typed.device, account)
        one = Try(name=typed.name, address=typed.address, device=device)
        pool = self._strangers if device is None else self._known
        with pool.place():
            await self._count(one, account)
            hashed = self._nobody if account is None else account.password_hash
            knows = await pool.is_right(hashed, typed.password)
        if account is None or not knows or not await self._has_code(account, typed.code):
            await self._write(AuditAct.SIGN_IN_FAILED, one, account)
            raise DeskRefusedError(Refusal.WRONG_SIGN_IN)
        if self._needs_second_factor and account.second_factor is None:
            await self._write(AuditAct.SIGN_IN_FAILED, one, account)
            raise DeskRefusedError(Refusal.NO_SECOND_FACTOR)
        await self._tries.was_right(one)
        await self._write(AuditAct.SIGNED_IN, one, account)
        token = await self._sessions.begin(account.name, account.role)
        issued = self._devices.issue(account) if device is None else None
        return SignedIn(name=account.name, role=account.role, token=token, device=issued)

    async def account(self, name: str) -> Account | None:
        """The account of a name; those of the settings come first."""
        stored = await self._accounts.find(name)  # always asked: each name takes as long
        return self._people.get(name, stored)

    def close(self) -> None:
        """Waits for the checks under way."""
        self._strangers.close()
        self._known.close()

    async def _count(self, one: Try, account: Account | None) -> None:
        try:
            await self._tries.take(one)
        except TooManyTriesError as error:
            if error.is_first:
                await self._write(AuditAct.SIGN_IN_LOCKED, one, account)
            raise

    async def _has_code(self, account: Account, code: str) -> bool:
        """Whether the code is right and was not used; true without a second factor."""
        if account.second_factor is None:
            return True
        now = self._clock.now()
        step = self._factor.step_of(account.second_factor, account.name, code, now)
        return step is not None and await self._accounts.use_code(account.name, step)

    async def _write(self, act: AuditAct, one: Try, account: Account | None) -> None:
        entry = AuditEntry(
            at=self._clock.now(),
            who=account.name if account is not None else UNKNOWN,
            role=account.role.value if account is not None else "",
            act=act,
            address=one.address,
            detail="known device" if one.device is not None else "",
        )
        await self._trail.append(entry)
