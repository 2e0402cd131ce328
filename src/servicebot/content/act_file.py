"""How customers do something with words: agree, refuse, ask for a person, are in danger."""

from dataclasses import dataclass

from servicebot.content.article import OtherTopic
from servicebot.domain.acts import Act
from servicebot.domain.understanding import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPhrases:
    """One YAML file of `intents/<language>/acts/`.

    Attributes:
        act: What is done; the file's name. None in `none.yaml`: tempting phrases that do nothing.
        language: The folder it stands in.
        means: One sentence for content staff.
        same_as: Intents whose examples do it too; empty where there is none.
        examples: How customers do it; learnt from.
        not_this: Phrases that look alike and are another act, or `none`; learnt from too.
        held_out: Phrases never learnt from; they are the exam, at the question of a repayment.
        held_out_at_freeze: The same at the question whether to freeze the card.
        held_out_at_unlink: The same at the question whether to unlink the chat.
        path: Path relative to the content folder, for messages.
    """

    act: Act | None
    language: Language
    means: str
    same_as: tuple[str, ...]
    examples: tuple[str, ...]
    not_this: tuple[OtherTopic, ...]
    held_out: tuple[str, ...]
    held_out_at_freeze: tuple[str, ...] = ()
    held_out_at_unlink: tuple[str, ...] = ()
    path: str

    @property
    def exam(self) -> tuple[str, ...]:
        """Every phrase never learnt from."""
        return self.held_out + self.held_out_at_freeze + self.held_out_at_unlink
