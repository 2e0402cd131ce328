"""Hash of all that is learnt or asked in a fit: an answer may change without a new one."""

import hashlib
import unicodedata

import opencc

from servicebot.content.content import Content
from servicebot.domain.understanding import Language


def taught_hash(content: Content, language: Language) -> str:
    """The hash over the texts as they are written, so that nothing is normalized to find the fit.

    The libraries that normalize are named in it: other tables may learn other texts. The order of
    files and their names say nothing.

    Args:
        content: Of which phrases, synonyms, acts and what is no business count.
        language: Of which only what is said in it counts.

    Returns:
        SHA-256, hexadecimal.
    """
    lines = [
        *(
            repr(
                (one.language, one.id, one.offered, one.examples, one.close_but_other, one.held_out)
            )
            for one in content.intents.values()
            if one.language is language
        ),
        *(
            repr((one.language, one.id, one.title, one.asked_as, one.not_for, one.held_out))
            for one in content.articles.values()
            if one.language is language
        ),
        *(
            repr((one.language, one.act, one.examples, one.not_this, one.exam, one.same_as))
            for one in content.acts.values()
            if one.language is language
        ),
    ]
    tables = f"{unicodedata.unidata_version}|{opencc.__version__}|{content.synonyms!r}"
    digest = hashlib.sha256(tables.encode())
    for line in sorted(lines):
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()


def taught_languages(content: Content) -> tuple[Language, ...]:
    """The languages in which somebody wrote a phrase to learn from."""
    spoken = {one.language for one in content.articles.values()}
    spoken |= {one.language for one in content.intents.values() if one.examples}
    return tuple(sorted(spoken))
