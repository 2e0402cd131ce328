"""Takes a conversation out of the embedded store; nothing of it is left in the file."""

import sqlite3

from servicebot.domain.conversation import Conversation
from servicebot.ports.traces import Traces
from servicebot.turns.sealed_form import SealedForm


def erase(db: sqlite3.Connection, form: SealedForm, traces: Traces) -> bool:
    """Deletes it inside the caller's transaction; false, and nothing goes, while a message waits."""
    chat = (traces.conversation_id,)
    if db.execute("SELECT 1 FROM inbox WHERE conversation = ?", chat).fetchone() is not None:
        return False
    for statement in (
        "DELETE FROM lines WHERE conversation = ?",
        "DELETE FROM outbox WHERE conversation = ?",
        "DELETE FROM conversations WHERE id = ?",
        "DELETE FROM unreadable WHERE id = ?1 OR substr(id, 1, length(?1) + 1) = ?1 || '#'",
    ):
        db.execute(statement, chat)
    answered = [(one.channel, one.message_id) for one in traces.messages]
    db.executemany("DELETE FROM answers WHERE channel = ? AND message_id = ?", answered)
    db.executemany("DELETE FROM tickets WHERE id = ?", [(one,) for one in traces.tickets])
    if traces.turns:
        bare = Conversation(
            id=traces.conversation_id,
            channel=traces.channel,
            sender=traces.sender,
            turns=traces.turns,
        )
        body = form.write(bare, bare.id)
        db.execute("INSERT INTO conversations (id, state) VALUES (?, ?)", (bare.id, body))
    return True
