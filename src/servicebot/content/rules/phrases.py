"""No phrase teaches two topics, what is held out is never taught, and each is a phrase."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from servicebot.content.content import Content
from servicebot.content.place import Place, Spot
from servicebot.content.rules.finding import Args, Finding, find, squeeze
from servicebot.content.rules.texts import Phrase, phrases
from servicebot.domain.understanding import Language
from servicebot.screening.mask import find_private
from servicebot.screening.spans import Kind

LEAST_PHRASES: Final = 5
MOST_CHARACTERS: Final = {Language.ZH: 60, Language.EN: 200}
_TAUGHT: Final = frozenset({"asked_as", "examples"})
_HELD_OUT: Final = "held_out"
_OTHER: Final = frozenset({"not_for", "close_but_other", "not_this"})
_FEWEST_DIGITS: Final = 5
_DIGIT: Final = re.compile(r"[\d〇零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]")
# What belongs to one person or company, however it is written. Passwords are left out: a phrase
# that speaks of "my password" holds none.
_PRIVATE: Final = frozenset(Kind) - {Kind.SECRET, Kind.REQUEST, Kind.PAGE, Kind.HOST}


def doubled_phrases(content: Content) -> Iterator[Finding]:
    """A phrase that is taught twice, or taught and held out, in one file or in two."""
    for own in _of_topics(content).values():
        yield from _doubled(own)


def _of_topics(content: Content) -> Mapping[Language, Sequence[Phrase]]:
    """The phrases of articles and intents, by language; those of acts may be of a topic as well."""
    found: dict[Language, list[Phrase]] = {language: [] for language in Language}
    for one in phrases(content, acts=False):
        found[one.language].append(one)
    return found


def _doubled(own: Iterable[Phrase]) -> Iterator[Finding]:
    taught: dict[str, Phrase] = {}
    kept: list[tuple[str, Phrase]] = []
    for one in own:
        key = squeeze(one.words)
        if one.key not in _TAUGHT:
            kept.append((key, one))
            continue
        first = taught.setdefault(key, one)
        if first is not one:
            yield _twice("doubled-phrase", one, first)
    yield from _beside(taught, kept)


def _beside(taught: Mapping[str, Phrase], kept: Iterable[tuple[str, Phrase]]) -> Iterator[Finding]:
    """What is held out, or said to belong elsewhere, and stands in another place too."""
    held_out: dict[str, Phrase] = {}
    for key, one in kept:
        owner = taught.get(key)
        if one.key == _HELD_OUT:
            first = owner or held_out.setdefault(key, one)
            if first is not one:
                yield _twice("held-out-taught" if owner else "doubled-held-out", one, first)
        elif owner is not None and owner.topic == one.topic:
            yield _twice("taught-and-not", one, owner)


def _twice(rule: str, one: Phrase, first: Phrase) -> Finding:
    """The second line of two, with the first; in one field of a file the later one is meant."""
    same_field = (one.path, one.key) == (first.path, first.key)
    nth = 2 if same_field and one.words == first.words else 1
    place = Place(key=one.key, words=one.words, nth=nth)
    args: Args = {"phrase": one.words, "first": Spot(first.path, first.place), "topic": first.topic}
    return find(one.path, rule, place, **args)


def taught_in_acts(content: Content) -> Iterator[Finding]:
    """A phrase that stands twice in the file of one act, sign by sign: emoji are words there."""
    for act in content.acts.values():
        for phrase, count in Counter(act.examples).items():
            if count > 1:
                place = Place(key="examples", words=phrase, nth=2)
                spot = Spot(act.path, Place(key="examples", words=phrase))
                args: Args = {"phrase": phrase, "first": spot, "topic": act.act or "none"}
                yield find(act.path, "doubled-phrase", place, **args)


def taught_elsewhere(content: Content) -> Iterator[Finding]:
    """A phrase whose arrow leads to one topic while another teaches it."""
    for language, own in _of_topics(content).items():
        taught = {squeeze(one.words): one for one in own if one.key in _TAUGHT}
        for topic, path, key, phrase, target in _arrows(content, language):
            owner = taught.get(squeeze(phrase))
            if owner is not None and owner.topic not in {target, topic}:
                spot = Spot(owner.path, owner.place)
                args: Args = {
                    "phrase": phrase,
                    "target": target,
                    "topic": owner.topic,
                    "first": spot,
                }
                yield find(path, "taught-elsewhere", Place(key=key, words=phrase), **args)


def _arrows(content: Content, language: Language) -> Iterator[tuple[str, str, str, str, str]]:
    for article in content.articles.values():
        if article.language is language:
            for one in article.not_for:
                yield article.id, article.path, "not_for", one.phrase, one.topic_id
    for intent in content.intents.values():
        if intent.language is language:
            for one in intent.close_but_other:
                yield intent.id, intent.path, "close_but_other", one.phrase, one.topic_id


def enough_phrases(content: Content) -> Iterator[Finding]:
    """A topic that nobody could recognise."""
    topics = [(one.path, "asked_as", one.asked_as) for one in content.articles.values()]
    topics += [(one.path, "examples", one.examples) for one in content.intents.values()]
    for path, key, taught in topics:
        if len(taught) < LEAST_PHRASES:
            args: Args = {"count": len(taught), "least": LEAST_PHRASES, "field": key}
            yield find(path, "few-phrases", Place(key=key), **args)


def plain_phrases(content: Content) -> Iterator[Finding]:
    """A phrase far too long for one, or with the number of a person in it."""
    for one in phrases(content):
        most = MOST_CHARACTERS[one.language]
        if len(one.words) > most:
            args: Args = {"count": len(one.words), "most": most, "phrase": one.words[:20]}
            yield find(one.path, "long-phrase", one.place, **args)
        elif _may_be_private(one.words):
            found = [span for span in find_private(one.words) if span.kind in _PRIVATE]
            if found:
                number = one.words[found[0].start : found[0].end]
                yield find(one.path, "private-number", one.place, number=number)


def _may_be_private(words: str) -> bool:
    """Whether there are signs enough for a number or an address: most phrases have hardly any."""
    return len(_DIGIT.findall(words)) >= _FEWEST_DIGITS or "@" in words or "＠" in words
