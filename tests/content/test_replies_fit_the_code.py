"""Every reply the code names is written, and every reply that is written is used."""

import ast
from pathlib import Path

from servicebot.content.content import Content
from servicebot.content.intent_file import Role
from servicebot.domain.tickets import Reason
from servicebot.domain.understanding import Language

# Names that are put together from a state, a code or an id.
MADE_OF_PARTS = (
    "bank_refused_",
    *("product_", "intent_", "handover_", "application_", "limit_", "decline_", "document_"),
    *(
        "talk_",
        "task_",
        "remind_",
        "doubt_",
        "after_",
        "at_",
        "repay_done",
        "repay_failed",
        "repay_failure_",
        "no_card",
        "nothing_to_correct",
    ),
)


def named_in_code(folder: Path) -> set[str]:
    found = set()
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_every_reply_is_used_and_none_is_missing(project: Path, content: Content) -> None:
    named = named_in_code(project / "src" / "servicebot" / "dialogue")
    named |= {i.alone_reply for i in content.intents.values() if i.alone_reply is not None}
    written = {name for name, language in content.replies if language is Language.ZH}
    unused = {n for n in written - named if not n.startswith(MADE_OF_PARTS)}
    assert unused == set()


def test_every_reason_has_its_notice(content: Content) -> None:
    for reason in Reason:
        for language in Language:
            assert (f"handover_{reason}", language) in content.replies


def test_every_intent_without_a_flow_has_its_reply(content: Content) -> None:
    for (name, language), intent in content.intents.items():
        if intent.flow is None and intent.escalates is None and intent.role is not Role.CANCEL:
            assert (name.replace(".", "_"), language) in content.replies
