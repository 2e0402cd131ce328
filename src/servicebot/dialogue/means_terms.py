"""Whether words speak of the question a task has asked, whatever else was said since."""

from servicebot.content.content import Content
from servicebot.dialogue.remind import CONFIRMS
from servicebot.domain.conversation import Task
from servicebot.domain.heard import Heard
from servicebot.domain.marks import Mark
from servicebot.domain.squeeze import squeeze
from servicebot.domain.task import Question
from servicebot.domain.understanding import Language


def means_terms(task: Task | None, heard: Heard, content: Content) -> bool:
    """Whether a yes behind "which of these?" is to the question above it.

    It names the deed, or says the words of that question's button; money moves by no such button.
    """
    if task is not None and task.question in CONFIRMS and Mark.DEED in heard.whole.marks:
        return True
    if task is None or task.question is Question.CONFIRM_REPAY:
        return False
    return names_yes(task, heard, content)


def names_yes(task: Task, heard: Heard, content: Content) -> bool:
    """Whether the words are those of the question's own button: a yes that cannot be to another."""
    said = squeeze(heard.whole.text)
    names = (content.replies.get((f"{task.question}", language)) for language in Language)
    buttons = [words for reply in names if reply is not None for _, words in reply.buttons[:1]]
    return said in {squeeze(words) for words in buttons}
