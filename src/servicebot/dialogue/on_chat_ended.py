"""What to do when the customer ends the chat on their device: whoever holds it next is a stranger."""

from dataclasses import replace

from servicebot.dialogue.decision import Decision
from servicebot.dialogue.facts import BankRefused, BankSilent, SubjectLost
from servicebot.dialogue.say import Say
from servicebot.dialogue.view import TurnView
from servicebot.domain.bank_calls import Unlink
from servicebot.domain.bank_results import Done
from servicebot.domain.conversation import Identity, Owner
from servicebot.domain.tickets import Departure


def on_chat_ended(turn: TurnView) -> Decision:
    """Forgets who the customer is and what was half done, here and at the bank.

    What is known of money stays, so that its end is found out. Who waits for a person leaves the
    queue; a person who holds the conversation reads that the customer has gone.
    """
    before = turn.conversation
    if before.ended:
        return Decision(rule="chat_ended:late", conversation=before)
    _unlink(turn)
    after = replace(
        before,
        identity=Identity(),
        own_lines=None,
        task=None,
        paused=(),
        asleep=(),
        told=None,
        ended=True,
    )
    says = (Say(reply="chat_ended"),)
    if before.owner is not Owner.QUEUE:
        return Decision(rule="chat_ended", conversation=after, says=says)
    gone = replace(after, owner=Owner.BOT, ticket=None)
    return Decision(rule="chat_ended", conversation=gone, says=says, left=Departure.GAVE_UP)


def _unlink(turn: TurnView) -> None:
    """Tells the bank; whatever it says, the chat forgets."""
    if not turn.conversation.identity.known:
        return
    try:
        turn.facts.ask(Unlink(), Done)
    except (BankSilent, BankRefused, SubjectLost):
        return
