"""Everything that is named exists: topics, flows, tasks, replies, figures; ids fit their files."""

from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from servicebot.content.content import Content
from servicebot.content.intent_file import Intent, Role
from servicebot.content.rules.finding import PLACEHOLDER, Finding
from servicebot.domain.understanding import Language


def ids_fit_paths(content: Content) -> Iterator[Finding]:
    """`knowledge_base/zh/cards/lost.md` is `cards/lost`, `intents/zh/card/lost.yaml` `card.lost`."""
    for article in content.articles.values():
        path = PurePosixPath(article.path)
        yield from _fits(article.path, article.id, f"{path.parent.name}/{path.stem}", "id:")
    for intent in content.intents.values():
        path = PurePosixPath(intent.path)
        yield from _fits(intent.path, intent.id, f"{path.parent.name}.{path.stem}", "intent:")


def targets_exist(content: Content) -> Iterator[Finding]:
    """The topic behind each arrow."""
    known = {name for name, _ in content.articles} | {name for name, _ in content.intents}
    for article in content.articles.values():
        for other in article.not_for:
            if other.topic_id not in known:
                yield _unknown(article.path, other.phrase, other.topic_id)
    for intent in content.intents.values():
        for other in intent.close_but_other:
            if other.topic_id not in known:
                yield _unknown(intent.path, other.phrase, other.topic_id)


def flows_exist(content: Content, flows: Collection[str]) -> Iterator[Finding]:
    """The flow of each intent, the task of each article, the reply of each slot."""
    for intent in content.intents.values():
        if intent.flow is not None and intent.flow not in flows:
            message = f"There is no flow `{intent.flow}`. Known: {', '.join(sorted(flows))}."
            yield Finding(path=intent.path, rule="unknown-flow", message=message, near="flow:")
    for article in content.articles.values():
        task = content.intents.get((article.task or "", article.language))
        if article.task is not None and (task is None or not task.does_something):
            message = f"`{article.task}` is no intent that does something. Leave `task` out."
            yield Finding(path=article.path, rule="unknown-task", message=message, near="task:")


def labels_exist(content: Content) -> Iterator[Finding]:
    """Every intent a customer may be offered has a label."""
    for name, language in content.intents:
        label = f"intent_{name.replace('.', '_')}"
        intent = content.intents[name, language]
        if intent.offered and (label, language) not in content.replies:
            message = f"Write the label `{label}: …` in intents/{language}/replies/intents.yaml."
            yield Finding(path=intent.path, rule="missing-label", message=message)


def alone_replies_exist(content: Content) -> Iterator[Finding]:
    """The reply each `alone_reply` names."""
    for (_, language), intent in content.intents.items():
        name = intent.alone_reply
        if name is not None and (name, language) not in content.replies:
            message = f"There is no reply `{name}`. Write it in intents/{language}/replies/."
            yield Finding(path=intent.path, rule="unknown-reply", message=message, near=name)


def roles_filled(content: Content) -> Iterator[Finding]:
    """Each role is played by one intent in each language."""
    for language in Language:
        played: dict[Role, Intent] = {}
        for (_, spoken), intent in content.intents.items():
            if spoken is not language or intent.role is None:
                continue
            first = played.setdefault(intent.role, intent)
            if first is not intent:
                message = f"`{first.id}` already has the role `{intent.role}`. Only one may."
                yield Finding(path=intent.path, rule="role", message=message, near="role:")
        for role in set(Role) - set(played):
            message = f"No intent has `role: {role}`. Write it into the one that means it."
            yield Finding(path=f"intents/{language}", rule="role", message=message)


def figures_exist(content: Content) -> Iterator[Finding]:
    """Each `{{ value.name }}`, and nothing else in an article."""
    for article in content.articles.values():
        for name in PLACEHOLDER.findall(f"{article.answer}\n{article.more}"):
            if name.removeprefix("value.") not in content.values or not name.startswith("value."):
                message = f"{{{{ {name} }}}} is no figure of knowledge_base/values/. Add it there."
                yield Finding(path=article.path, rule="unknown-figure", message=message, near=name)


def _fits(path: str, written: str, expected: str, near: str) -> Iterator[Finding]:
    if written != expected:
        message = f"The file's place says `{expected}`. Write that, or move the file."
        yield Finding(path=path, rule="id-and-path", message=message, near=near)


def _unknown(path: str, phrase: str, topic: str) -> Finding:
    message = f"There is no topic `{topic}`. Write the id of an article or an intent."
    return Finding(path=path, rule="unknown-target", message=message, near=phrase)
