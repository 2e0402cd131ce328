"""Adds one phrase to the phrases that a file teaches: the smallest edit that there is."""

from typing import Final

from servicebot.domain.content_refusal import ContentRefusal, ContentRefusedError

_BLOCKS: Final = {".md": "asked_as: |", ".yaml": "examples: |"}


def add_phrase(text: str, path: str, phrase: str) -> str:
    """The file with a line more at the end of its block of phrases; every other byte stays.

    Args:
        text: The file.
        path: Of an article or an intent.
        phrase: One line.

    Raises:
        RejectedError: The file teaches no phrases, or teaches this one already.
    """
    wanted = " ".join(phrase.split())
    head = _BLOCKS.get(path[path.rfind(".") :], "")
    lines = text.splitlines(keepends=True)
    begins = next((n for n, line in enumerate(lines) if head and line.rstrip() == head), None)
    if begins is None:
        raise ContentRefusedError(ContentRefusal.NO_PHRASES, named=path)
    ends = begins + 1
    while ends < len(lines) and (not lines[ends].strip() or lines[ends].startswith(" ")):
        ends += 1
    while ends > begins + 1 and not lines[ends - 1].strip():
        ends -= 1
    block = lines[begins + 1 : ends]
    if any(line.strip() == wanted for line in block):
        raise ContentRefusedError(ContentRefusal.PHRASE_KNOWN, named=path)
    indent = block[0][: len(block[0]) - len(block[0].lstrip())] if block else "  "
    end = "\r\n" if lines[begins].endswith("\r\n") else "\n"
    if block and not block[-1].endswith("\n"):
        lines[ends - 1] += end
    return "".join((*lines[:ends], f"{indent}{wanted}{end}", *lines[ends:]))
