"""Markdown with front matter -> Article."""

from datetime import date

from servicebot.content.article import Article
from servicebot.content.fields import Fields
from servicebot.content.read_text import SourceText, parse_yaml
from servicebot.domain.errors import ContentError
from servicebot.domain.understanding import Language

_KNOWN = (
    "id",
    "title",
    "valid",
    "owner",
    "source",
    "hand_over",
    "asks",
    "task",
    "asked_as",
    "not_for",
    "held_out",
)


def parse_article(source: SourceText, language: Language) -> Article:
    """Reads one article.

    Raises:
        ContentError: Every fault of the file, with its line.
    """
    head, body = _split(source)
    fields = Fields(source, parse_yaml(source, head, first_line=2))
    valid_from, valid_to = _valid(fields)
    answer, more = _answer_and_more(body)
    name = fields.text("id")
    article = Article(
        id=name,
        language=language,
        title=fields.text("title"),
        valid_from=valid_from,
        valid_to=valid_to,
        owner=fields.text("owner"),
        source=fields.text("source"),
        hand_over=fields.yes("hand_over"),
        asks=fields.text("asks", needed=False) or name.partition("/")[2],
        task=fields.optional("task"),
        asked_as=fields.phrases("asked_as"),
        not_for=fields.others("not_for"),
        held_out=fields.phrases("held_out", needed=False),
        answer=answer,
        more=more,
        path=source.path,
    )
    fields.nothing_else(_KNOWN)
    if not answer:
        fields.note("no-answer", "Write the answer under the second `---`.")
    if fields.faults:
        raise ContentError(tuple(fields.faults))
    return article


def _split(source: SourceText) -> tuple[str, str]:
    lines = source.text.split("\n")
    if lines[0].strip() == "---":
        for number, line in enumerate(lines[1:], 1):
            if line.strip() == "---":
                return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :])
    message = "Start the file with `---`, the fields, and `---` again; then the answer."
    raise ContentError((source.fault("front-matter", message),))


def _valid(fields: Fields) -> tuple[date, date]:
    text = fields.text("valid")
    first, dots, last = text.partition("..")
    if not dots:
        fields.note("valid", "Write `valid: 2026-01-01 .. 2026-12-31`.", near="valid:")
        return date(1970, 1, 1), date(1970, 1, 1)
    days = fields.day(first, near="valid:"), fields.day(last, near="valid:")
    if days[0] > days[1]:
        fields.note("valid", "The first day is after the last one.", near="valid:")
    return days


def _answer_and_more(body: str) -> tuple[str, str]:
    answer, _, rest = body.partition("\n## ")
    heading, _, more = rest.partition("\n")
    return answer.strip(), more.strip() if heading.strip() == "More" else rest.strip()
