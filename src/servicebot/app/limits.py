"""Builds what stands before the mailbox: how often, and how many wait already."""

from collections.abc import Mapping

from servicebot.adapters.in_process.buckets import InProcessBuckets
from servicebot.app.process import Process
from servicebot.domain.rates import Rate
from servicebot.turns.admission import Admission
from servicebot.turns.gate import Gate
from servicebot.turns.throttle import Deed, Throttle
from servicebot.web_settings import Limits


def build_throttle(process: Process) -> Throttle:
    """Counts for all processes together where they share a store."""
    shared = process.stores.buckets
    is_alone = isinstance(shared, InProcessBuckets)
    return Throttle(
        _rates(process.settings.web.limits),
        shared=shared,
        own=shared if is_alone else InProcessBuckets(process.clock),
        clock=process.clock,
        metrics=process.metrics,
    )


def build_gate(process: Process, throttle: Throttle) -> Gate:
    """The gate of this process's door."""
    ledger = process.stores.ledger
    wait_s = process.settings.web.limits.wait_s
    admission = Admission(ledger.mailbox, ledger.timeline, process.clock, most_wait_s=wait_s)
    return Gate(throttle, admission)


def _rates(limits: Limits) -> Mapping[Deed, Rate | None]:
    return {
        Deed.REQUEST: limits.requests,
        Deed.SESSION: limits.sessions,
        Deed.SOCKET: limits.sockets,
        Deed.SIGN_IN: limits.sign_ins,
        Deed.MESSAGE: limits.page_messages,
        Deed.SAID: limits.conversation,
        Deed.CARRIED: limits.channel,
    }
