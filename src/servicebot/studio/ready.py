"""What stands between a draft and its publication: complaints, an effect not looked at, no second person."""

from collections.abc import Sequence

from servicebot.domain.content_refusal import ContentRefusal, ContentRefusedError
from servicebot.domain.drafts import Draft
from servicebot.studio.editions import CheckedEdition


class NotReadyError(ContentRefusedError):
    """A draft cannot be published yet.

    Attributes:
        edition: The content with the draft, with its complaints.
        unsigned: The ids of the groups that nobody has signed.
    """

    def __init__(
        self,
        reason: ContentRefusal,
        *,
        edition: CheckedEdition | None = None,
        unsigned: Sequence[str] = (),
    ) -> None:
        super().__init__(reason)
        self.edition = edition
        self.unsigned = tuple(unsigned)


def require_second(draft: Draft, person: str) -> None:
    """Raises RejectedError where the person wrote in the draft."""
    if person in {draft.author, *draft.editors}:
        raise ContentRefusedError(ContentRefusal.SECOND_PERSON)


def require_clean(edition: CheckedEdition) -> None:
    """Raises NotReadyError where the check complains."""
    if edition.faults:
        raise NotReadyError(ContentRefusal.CHECK_COMPLAINS, edition=edition)


def require_ready(draft: Draft, edition: CheckedEdition, live: CheckedEdition) -> None:
    """Raises NotReadyError where a draft was not compared with what is live, or not signed."""
    require_clean(edition)
    effect = draft.effect
    if effect is None or effect.of != draft.version or effect.live != live.version:
        raise NotReadyError(ContentRefusal.NOT_COMPARED)
    unsigned = [group.id for group in draft.unsigned()]
    if unsigned:
        raise NotReadyError(ContentRefusal.UNSIGNED, unsigned=unsigned)
