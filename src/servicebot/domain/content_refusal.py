"""Why the studio refuses, as words for programs and as a code that its page tells in its language."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from servicebot.domain.errors import ChangedMeanwhileError, RejectedError


class ContentRefusal(StrEnum):
    """Every reason; `web/static/studio/refusals.js` has words for each in both languages."""

    CHECK_COMPLAINS = "check_complains"
    NOT_COMPARED = "not_compared"
    UNSIGNED = "unsigned"
    SECOND_PERSON = "second_person"
    NOTHING_CHANGED = "nothing_changed"
    NOT_OPEN = "not_open"
    NOT_IN_REVIEW = "not_in_review"
    NO_GROUP = "no_group"
    NO_WAY = "no_way"
    DRAFT_CHANGED = "draft_changed"
    FILE_CHANGED = "file_changed"
    OTHERS_COMMIT = "others_commit"
    NO_DRAFT = "no_draft"
    NO_FILE = "no_file"
    FILE_NOT_IN_DRAFT = "file_not_in_draft"
    NO_CONTENT_FILE = "no_content_file"
    LEADS_OUT = "leads_out"
    NOT_UTF8 = "not_utf8"
    PHRASE_KNOWN = "phrase_known"
    NO_PHRASES = "no_phrases"
    CONTENT_BROKEN = "content_broken"
    NO_CONTENT_IN_COMMIT = "no_content_in_commit"
    NO_COMMIT = "no_commit"
    NOTHING_PUBLISHED = "nothing_published"


_R = ContentRefusal
_WORDS: Final[Mapping[ContentRefusal, str]] = {
    _R.CHECK_COMPLAINS: "The check complains; mend that first.",
    _R.NOT_COMPARED: "Compare it with what was asked first: files or content have changed.",
    _R.UNSIGNED: "Not every group of changed answers is signed.",
    _R.SECOND_PERSON: "Whoever wrote in a draft cannot approve it; a second person must.",
    _R.NOTHING_CHANGED: "Nothing is changed yet, so there is nothing to review.",
    _R.NOT_OPEN: "The draft is not open any more; take it back from review first.",
    _R.NOT_IN_REVIEW: "Only what is in review and was compared can be signed.",
    _R.NO_GROUP: "There is no such group any more; look at the effect again.",
    _R.NO_WAY: "A draft cannot become that from where it is: {named}.",
    _R.DRAFT_CHANGED: "Somebody else changed the draft; look at it again.",
    _R.FILE_CHANGED: "{named} has been changed since the draft was begun. Take the change over.",
    _R.OTHERS_COMMIT: "Others commit to the content all the time; try again.",
    _R.NO_DRAFT: "There is no such draft.",
    _R.NO_FILE: "There is no such file.",
    _R.FILE_NOT_IN_DRAFT: "The draft does not change that file.",
    _R.NO_CONTENT_FILE: "`{named}` is no file of the content.",
    _R.LEADS_OUT: "`{named}` leads out of the content.",
    _R.NOT_UTF8: "{named} is not UTF-8; save it as UTF-8 first.",
    _R.PHRASE_KNOWN: "{named} teaches that phrase already.",
    _R.NO_PHRASES: "{named} has no block of phrases.",
    _R.CONTENT_BROKEN: "The content cannot be loaded; mend what the check complains of.",
    _R.NO_CONTENT_IN_COMMIT: "That commit changed no content.",
    _R.NO_COMMIT: "There is no commit {named}.",
    _R.NOTHING_PUBLISHED: "Nothing has been published yet.",
}


class ContentRefusedError(RejectedError):
    """The studio refuses.

    Attributes:
        reason: Why.
        named: The file or commit that it is about; empty for none.
    """

    def __init__(self, reason: ContentRefusal, *, named: str = "") -> None:
        super().__init__(_WORDS[reason].format(named=named))
        self.reason = reason
        self.named = named


class ContentChangedError(ContentRefusedError, ChangedMeanwhileError):
    """Somebody else changed the draft or the file first."""
