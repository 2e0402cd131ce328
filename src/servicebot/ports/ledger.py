"""The port to the ledger: everything that commits together, in one store."""

from collections.abc import Callable
from typing import Protocol

from servicebot.ports.mailbox import Mailbox
from servicebot.ports.money_journal import MoneyJournal
from servicebot.ports.outbox import Outbox
from servicebot.ports.records import Unrecorded
from servicebot.ports.send_quota import SendQuota
from servicebot.ports.tickets import Tickets
from servicebot.ports.timeline import Timeline
from servicebot.ports.traces import Traces

Change = Callable[[bytes, str], bytes | None]
"""A sealed body and what it is about -> what to store instead, or None to leave it."""


class Ledger(Protocol):
    """One store with its facets; a turn is committed to all of them in one step."""

    @property
    def mailbox(self) -> Mailbox:
        """What waits, and what a turn leaves behind."""

    @property
    def outbox(self) -> Outbox:
        """What still has to reach a messenger."""

    @property
    def timeline(self) -> Timeline:
        """Lines, answers and states as last committed."""

    @property
    def tickets(self) -> Tickets:
        """Who waits for a person or is held by one."""

    @property
    def journal(self) -> MoneyJournal:
        """What was going to be sent to the bank."""

    @property
    def quota(self) -> SendQuota:
        """How often a messenger may still be sent to."""

    @property
    def unrecorded(self) -> Unrecorded:
        """Receipts on their way to the records."""

    async def check(self) -> None:
        """Asks the store whether it takes messages now.

        Raises:
            UnavailableError: It does not, with the reason.
        """

    async def change_bodies(self, change: Change) -> int:
        """Passes everything sealed through `change`, while the store is in use.

        Returns:
            How many bodies were changed. One that a turn replaced meanwhile, or that `change`
            cannot read, is left.

        Raises:
            UnavailableError: The store does not answer; what was changed stays so.
        """

    async def erase(self, traces: Traces) -> bool:
        """Deletes a conversation: state, lines, answers, tickets, what was to be sent.

        Dedupe keys and send quotas stay for their days; they hold no words.

        Returns:
            False, and nothing is deleted, while a message of it waits.

        Raises:
            UnavailableError: The store does not answer.
        """

    async def prune(self) -> int:
        """Drops what nobody needs any more; returns how many rows went."""
