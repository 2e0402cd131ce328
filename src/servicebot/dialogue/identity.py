"""Who the customer is: a one-time page of the bank binds the chat, words never do."""

from dataclasses import replace

from servicebot.dialogue.remind import reminder_of
from servicebot.dialogue.say import Say, Term, Title, Value, Words
from servicebot.dialogue.steps import ask
from servicebot.dialogue.view import Outcome, TurnView
from servicebot.domain.bank_calls import ReadLink, StartLink
from servicebot.domain.bank_results import IdentityLink
from servicebot.domain.conversation import Identity, Task
from servicebot.domain.task import Linking, Question


def bind(task: Task, turn: TurnView) -> TurnView | Outcome:
    """Makes the customer known, or offers the page and waits.

    The state of an offered link is read from the bank each time; the bank's news alone is not
    believed.

    Returns:
        The turn with the identity known, or an outcome that offers the page.
    """
    identity = turn.conversation.identity
    if identity.link_id is not None:
        link = turn.facts.ask(ReadLink(link_id=identity.link_id), IdentityLink)
        if link.state == "bound" and link.subject is not None:
            return _known(turn, link)
        if link.state == "pending":
            return _offer_again(task, turn, identity)
    conversation = turn.conversation
    call = StartLink(
        channel=conversation.channel,
        channel_user=conversation.sender,
        conversation_id=conversation.id,
    )
    made = turn.facts.ask(call, IdentityLink)
    fresh = Identity(link_id=made.link_id, link_url=made.url, link_code=made.code)
    outcome = _offer(task, turn, fresh)
    if not identity.lapsed:
        return outcome
    return replace(outcome, says=(Say(reply="identity_lapsed"), *outcome.says))


def forget(turn: TurnView) -> TurnView:
    """The turn after the bank took the binding back."""
    conversation = replace(turn.conversation, identity=Identity())
    return replace(turn, conversation=conversation, facts=turn.facts.on_behalf_of(None))


def _known(turn: TurnView, link: IdentityLink) -> TurnView:
    identity = Identity(
        subject=link.subject,
        display_name=link.display_name,
        bound_at=turn.now,
        seen_at=turn.now,
    )
    conversation = replace(turn.conversation, identity=identity)
    return replace(turn, conversation=conversation, facts=turn.facts.on_behalf_of(link.subject))


def _offer(task: Task, turn: TurnView, identity: Identity) -> Outcome:
    links = ((Term("label_link"), identity.link_url or ""),)
    alone = isinstance(task.state, Linking)
    fields: dict[str, Value] = {"code": Words(identity.link_code)}
    if not alone:
        fields["task"] = Title(task.intent)
    say = Say(reply="link_alone" if alone else "link_needed", fields=fields, links=links)
    return replace(ask(Question.LINK, task.state, task, turn, say), identity=identity)


def _offer_again(task: Task, turn: TurnView, identity: Identity) -> Outcome:
    """The page is known already: one short line."""
    conversation = replace(turn.conversation, identity=identity)
    waiting = ask(Question.LINK, task.state, task, turn)
    assert waiting.task is not None  # noqa: S101  what `ask` returns waits
    say = reminder_of(waiting.task, conversation)
    return replace(waiting, says=(say,), identity=identity)


def bound_notice(turn: TurnView) -> Say:
    """What a customer hears right after the page was used."""
    name = turn.conversation.identity.display_name or ""
    return Say(reply="link_bound", fields={"name": Words(name)})
