"""What stands in the file of a language is in that language."""

import re
from collections.abc import Iterator
from typing import Final

from servicebot.content.content import Content
from servicebot.content.place import Place
from servicebot.content.rules.finding import PLACEHOLDER, Args, Finding, find
from servicebot.content.rules.texts import article_texts, phrases, reply_texts
from servicebot.content.rules.words import load_words
from servicebot.domain.understanding import Language

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_HAN_RUN: Final = re.compile(r"[\u3400-\u9fff，。、；：？！]{6,}")
_LATIN: Final = re.compile(r"[A-Za-z][A-Za-z'’]+")
_LATIN_RUN: Final = re.compile(r"(?:[A-Za-z'’]+[ ,.;:!?]+){3,}[A-Za-z'’]+")
_PART: Final = 2  # Chinese characters that make a part of an English answer Chinese
_FEW: Final = 3  # words in Latin letters that may be a Chinese customer's: thank you, hello


def right_language(content: Content) -> Iterator[Finding]:
    """One complaint for each field of a file: where a foreign text begins and how long it is."""
    names = _product_names(content)
    exempt = load_words().about_language
    seen: dict[tuple[str, str], list[str]] = {}
    for language, path, key, words, owner, is_phrase in _texts(content):
        if owner not in exempt and _is_foreign(
            names.sub("", words), language, is_phrase=is_phrase, is_talk="/" not in owner
        ):
            seen.setdefault((path, key), []).append(words)
    for (path, key), texts in seen.items():
        line = texts[0].strip()
        args: Args = {
            "language": f"in_{_language_of(path)}",
            "text": line[:30],
            "count": len(texts) if len(texts) > 1 else "",
        }
        yield find(path, "wrong-language", Place(key=key, words=line), **args)


def _texts(content: Content) -> Iterator[tuple[Language, str, str, str, str, bool]]:
    for text in (*article_texts(content), *reply_texts(content)):
        for line in PLACEHOLDER.sub("", text.words).split("\n"):
            yield text.language, text.path, text.key, line, text.owner, False
    for one in phrases(content):
        yield one.language, one.path, one.key, one.words, one.topic, True
    for (_, language), intent in content.intents.items():
        yield language, intent.path, "means", intent.means, intent.id, False


def _is_foreign(words: str, language: Language, *, is_phrase: bool, is_talk: bool) -> bool:
    if language is Language.EN:
        han = len(_HAN.findall(words))
        if not is_phrase:
            return han >= _PART
        return bool(han) and (
            _HAN_RUN.search(words) is not None or han >= 2 * len(_LATIN.findall(words))
        )
    latin = _LATIN.findall(words)
    if not words.isascii() and _LATIN_RUN.search(words) is None:
        return False
    # A greeting or a word of thanks may be English in a Chinese file; a question about the bank not.
    few = _FEW if is_talk or not is_phrase else _FEW - 1
    is_pinyin = is_phrase and all(load_words().pinyin.fullmatch(one) for one in latin)
    return len(latin) >= few and not is_pinyin


def _product_names(content: Content) -> re.Pattern[str]:
    """The Chinese names of the products, which may stand in English."""
    names = [
        name
        for (_, language), own in content.product_names.items()
        if language is Language.ZH
        for name in own.names
    ]
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)")


def _language_of(path: str) -> str:
    return path.split("/")[1]
