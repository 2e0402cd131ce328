"""Everything that is named exists: topics, flows, tasks, replies; each role is played once."""

from collections.abc import Collection, Iterator

from servicebot.content.content import Content
from servicebot.content.intent_file import Intent, Role
from servicebot.content.near_name import nearest
from servicebot.content.place import Place, Spot
from servicebot.content.rules.finding import Finding, find
from servicebot.domain.understanding import Language


def targets_exist(content: Content) -> Iterator[Finding]:
    """The topic behind each arrow, and the intents an act is said to be the same as."""
    intents = {name for name, _ in content.intents}
    known = {name for name, _ in content.articles} | intents
    arrows = [
        (article.path, "not_for", other)
        for article in content.articles.values()
        for other in article.not_for
    ]
    arrows += [
        (intent.path, "close_but_other", other)
        for intent in content.intents.values()
        for other in intent.close_but_other
    ]
    for path, key, other in arrows:
        if other.topic_id not in known:
            place = Place(key=key, words=other.phrase)
            yield _unknown(path, place, other.topic_id, known)
    named = ((act.path, name) for act in content.acts.values() for name in act.same_as)
    for path, name in named:
        if name not in intents:
            yield _unknown(path, Place(key="same_as", words=name), name, intents)


def flows_exist(content: Content, flows: Collection[str]) -> Iterator[Finding]:
    """The flow of each intent, the task of each article."""
    for intent in content.intents.values():
        if intent.flow is not None and intent.flow not in flows:
            known = ", ".join(sorted(flows))
            args = {"name": intent.flow, "known": known, "near": nearest(intent.flow, flows)}
            yield find(intent.path, "unknown-flow", Place(key="flow"), **args)
    tasks = {name for (name, _), intent in content.intents.items() if intent.does_something}
    for article in content.articles.values():
        if article.task is not None and article.task not in tasks:
            args = {"name": article.task, "near": nearest(article.task, tasks)}
            yield find(article.path, "unknown-task", Place(key="task"), **args)


def labels_exist(content: Content) -> Iterator[Finding]:
    """Every intent a customer may be offered has a label."""
    for name, language in content.intents:
        label = f"intent_{name.replace('.', '_')}"
        intent = content.intents[name, language]
        if intent.offered and (label, language) not in content.replies:
            args = {"label": label, "file": f"intents/{language}/replies/intents.yaml"}
            yield find(intent.path, "missing-label", Place(key="intent"), **args)


def alone_replies_exist(content: Content) -> Iterator[Finding]:
    """The reply each `alone_reply` names."""
    for (_, language), intent in content.intents.items():
        name = intent.alone_reply
        if name is not None and (name, language) not in content.replies:
            known = {one for one, spoken in content.replies if spoken is language}
            args = {"name": name, "near": nearest(name, known), "folder": f"intents/{language}"}
            yield find(intent.path, "unknown-reply", Place(key="alone_reply"), **args)


def roles_filled(content: Content) -> Iterator[Finding]:
    """Each role is played by one intent in each language."""
    for language in Language:
        played: dict[Role, Intent] = {}
        for (_, spoken), intent in content.intents.items():
            if spoken is not language or intent.role is None:
                continue
            first = played.setdefault(intent.role, intent)
            if first is not intent:
                spot = Spot(first.path, Place(key="role"))
                args = {"role": intent.role.value, "first": spot}
                yield find(intent.path, "role-taken", Place(key="role"), **args)
        for role in sorted(set(Role) - set(played)):
            yield find(f"intents/{language}", "role-missing", Place(), role=role.value)


def _unknown(path: str, place: Place, topic: str, known: Collection[str]) -> Finding:
    return find(path, "unknown-target", place, name=topic, near=nearest(topic, known))
