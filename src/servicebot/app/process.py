"""What every part of the program works with, whatever its process does."""

from dataclasses import dataclass

import aiohttp

from servicebot.app.desk import DeskParts
from servicebot.app.stores import Stores
from servicebot.app.vitals import Vitals
from servicebot.ports.clock import Clock
from servicebot.ports.lure_reader import LureReader
from servicebot.settings import Settings
from servicebot.telemetry.metrics import Metrics


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """One running process.

    Attributes:
        settings: As loaded.
        stores: The open stores.
        desk: The hours and who is there.
        session: For calls to the bank and the messengers.
        lures: Reads what agents and strangers wrote.
        clock: The time.
        metrics: The counters.
        vitals: Whether the process does its work.
    """

    settings: Settings
    stores: Stores
    desk: DeskParts
    session: aiohttp.ClientSession
    lures: LureReader
    clock: Clock
    metrics: Metrics
    vitals: Vitals
