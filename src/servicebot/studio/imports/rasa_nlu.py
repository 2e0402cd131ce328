"""Training files of Rasa (`nlu:` with intents and examples, perhaps `responses:`) -> topics."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import yaml

from servicebot.content.yaml_depth import TooDeepError, require_shallow
from servicebot.domain.content_refusal import ContentRefusal, ContentRefusedError
from servicebot.studio.imports.imported_topic import ImportedTopic, as_answer, one_line
from servicebot.studio.tables.not_taken import NotTaken, Why

_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# [words](entity), [words](entity:value), [words]{"entity": "…"}, [words][{…}, {…}]
_MARKED: Final = re.compile(r"\[([^\[\]]+)\](?:\([^()]*\)|\{[^{}]*\}|\[(?:\{[^{}]*\},?\s*)+\])")
_EXAMPLE: Final = re.compile(r"^[^\S\n]*[-*][^\S\n]+(\S.*)$", re.MULTILINE)
_OTHER_KINDS: Final = ("synonym", "regex", "lookup")
_MOST_DEPTH: Final = "The file is nested too deeply, or names an anchor again."

Found = tuple[tuple[ImportedTopic, ...], tuple[NotTaken, ...]]


def read_rasa(data: bytes) -> Found:
    """The intents of a file, each with its examples and the first text of its response.

    Raises:
        RejectedError: It is no YAML in UTF-8, or has no `nlu:` list.
    """
    try:
        text = data.decode("utf-8-sig")
        require_shallow(text)
        told = yaml.load(text, Loader=_LOADER)  # noqa: S506  text only
    except UnicodeDecodeError as error:
        raise ContentRefusedError(ContentRefusal.NOT_UTF8, named="The file") from error
    except TooDeepError as error:
        raise ContentRefusedError(ContentRefusal.NO_YAML, named=_MOST_DEPTH) from error
    except (yaml.YAMLError, ValueError) as error:
        raise ContentRefusedError(ContentRefusal.NO_YAML, named=_told(error)) from error
    items = told.get("nlu") if isinstance(told, Mapping) else None
    if not isinstance(items, Sequence) or isinstance(items, str):
        raise ContentRefusedError(ContentRefusal.NO_NLU)
    responses = told.get("responses")
    answers = responses if isinstance(responses, Mapping) else {}
    topics: dict[str, ImportedTopic] = {}
    refused: list[NotTaken] = []
    for number, item in enumerate(items, 1):
        _take(item, number, answers, topics, refused)
    return tuple(topics.values()), tuple(refused)


def plain_example(example: str) -> str:
    """What a customer would write: the words that are marked, without the marks."""
    return one_line(_MARKED.sub(r"\1", example))


def _take(
    item: object,
    number: int,
    answers: Mapping[str, Any],
    topics: dict[str, ImportedTopic],
    refused: list[NotTaken],
) -> None:
    intent = one_line(str(item.get("intent") or "")) if isinstance(item, Mapping) else ""
    if not isinstance(item, Mapping) or not intent:
        kind = next((one for one in _OTHER_KINDS if isinstance(item, Mapping) and one in item), "")
        refused.append(NotTaken(place=f"nlu {number}", why=Why.NOT_EXAMPLES, named=kind))
        return
    known = topics[intent].phrases if intent in topics else ()
    phrases = tuple(dict.fromkeys((*known, *_examples(item.get("examples")))))
    if not phrases:
        refused.append(NotTaken(place=intent, why=Why.NO_QUESTION))
        return
    answer = _answer(answers.get(f"utter_{intent}"))
    if not answer and intent not in topics:
        refused.append(NotTaken(place=intent, why=Why.NO_ANSWER))
    topics[intent] = ImportedTopic(
        place=intent, title=phrases[0], phrases=phrases, answer=answer, name=intent
    )


def _examples(told: object) -> Iterator[str]:
    if isinstance(told, str):
        found = _EXAMPLE.findall(told)
    elif isinstance(told, Sequence):
        texts = (one.get("text", "") if isinstance(one, Mapping) else one for one in told)
        found = [re.sub(r"^\s*-\s+", "", one) for one in texts if isinstance(one, str)]
    else:
        found = []
    for one in found:
        if words := plain_example(one):
            yield words


def _answer(told: object) -> str:
    """The first text of a response's variations."""
    if not isinstance(told, Sequence) or isinstance(told, str):
        return ""
    texts = (one.get("text") for one in told if isinstance(one, Mapping))
    return next((as_answer(text) for text in texts if isinstance(text, str)), "")


def _told(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"look at line {mark.line + 1}." if mark is not None else "it cannot be read."
