"""The bot's own sentences, by name."""

from dataclasses import dataclass

from servicebot.domain.understanding import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One named sentence of `intents/<language>/replies/<topic>.yaml`.

    Attributes:
        name: Unique within a language; the same names in every language.
        language: The folder it stands in.
        text: With `{{ field }}` and `{{ value.name }}` placeholders.
        buttons: Labels with what a tap says, in order.
        path: Path relative to the content folder, for messages.
    """

    name: str
    language: Language
    text: str
    buttons: tuple[tuple[str, str], ...]
    path: str
