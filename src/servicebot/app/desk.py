"""Builds what looks after the customers who wait: hours, agents who are there, news of the desk."""

from dataclasses import dataclass
from datetime import timedelta

from servicebot.app.stores import Stores
from servicebot.desk_settings import Desk
from servicebot.handover.attend import Attendant
from servicebot.handover.desk_reader import DeskReader, HoursBoard
from servicebot.ports.clock import Clock
from servicebot.web.desk_session import DeskSessions


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskParts:
    """What belongs to the desk.

    Attributes:
        board: The hours; whoever changes them here changes them for everybody.
        sessions: Who is signed in.
        reader: Answers the dialogue.
        attendant: Tells the conversations the news of the desk.
    """

    board: HoursBoard
    sessions: DeskSessions
    reader: DeskReader
    attendant: Attendant


def build_desk(settings: Desk, stores: Stores, clock: Clock) -> DeskParts:
    """One desk over the stores."""
    board = HoursBoard(hours=settings.hours)
    sessions = DeskSessions(
        settings.people, stores.lasting, clock, bell=stores.bell, shift=settings.shift
    )
    silence = timedelta(minutes=settings.silence_min)
    return DeskParts(
        board=board,
        sessions=sessions,
        reader=DeskReader(stores.ledger.tickets, board, sessions, silence),
        attendant=Attendant(
            tickets=stores.ledger.tickets,
            mailbox=stores.ledger.mailbox,
            timeline=stores.ledger.timeline,
            board=board,
            presence=sessions,
            clock=clock,
            silence=silence,
        ),
    )
