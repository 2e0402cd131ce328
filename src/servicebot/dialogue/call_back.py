"""A rule: the promise to write in this chat when the desk opens is given, or taken back."""

from dataclasses import replace

from servicebot.content.content import Content
from servicebot.dialogue.at_night import opening_in_words
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.queue_place import tell_place
from servicebot.dialogue.say import Say, Term
from servicebot.dialogue.view import TurnView
from servicebot.domain.acts import Act
from servicebot.domain.conversation import Owner
from servicebot.domain.heard import Heard, YesNo
from servicebot.domain.marks import Mark
from servicebot.domain.squeeze import squeeze
from servicebot.domain.tickets import Departure
from servicebot.domain.understanding import Band, Language
from servicebot.domain.waiting import Waiting


def call_back(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """The button, or a yes right after the offer, whatever else is said with it."""
    conversation = turn.conversation
    waiting = conversation.waiting or Waiting()
    if _says(heard, "label_no_call_back", content):
        return _take_back(turn)
    offered = waiting.offered_turn == conversation.turns and not waiting.asked
    agrees = offered and (heard.plain_yes or _says_yes_first(heard))
    if not agrees and not _says(heard, "label_call_back", content):
        return None
    if turn.desk.is_open:
        return tell_place("call_back:open", turn)
    promised = replace(conversation, waiting=replace(waiting, promised=True))
    say = Say(
        reply="call_back_promised",
        fields={"opens": opening_in_words(turn.desk, turn.now)},
        choices=(Term("label_no_call_back"),),
    )
    return Decision(rule="call_back:promised", conversation=promised, says=(say,))


def _says_yes_first(heard: Heard) -> bool:
    """Whether a yes stands in front of words that ask and begin nothing: 好的,上班了写给我."""
    behind = heard.rest
    if heard.yes_no is not YesNo.YES or behind is None or heard.act is Act.LEAVE:
        return False
    return behind.band is not Band.ANSWER and Mark.QUESTION not in behind.marks


def _take_back(turn: TurnView) -> Decision:
    """Nobody is there to wait for: the place is given up with the promise."""
    back = replace(turn.conversation, owner=Owner.BOT, ticket=None)
    return Decision(
        rule="call_back:taken_back",
        conversation=back,
        says=(Say(reply="call_back_taken_back"),),
        left=Departure.GAVE_UP,
    )


def _says(heard: Heard, name: str, content: Content) -> bool:
    """Whether the words are those of a button, in either language."""
    labels = (content.replies.get((name, language)) for language in Language)
    said = squeeze(heard.whole.text)
    return said in {squeeze(label.text) for label in labels if label is not None}
