"""Why the studio refuses, as words for programs and as a code that its page tells in its language."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from servicebot.domain.errors import ChangedMeanwhileError, RejectedError, TooLargeError


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
    WRITTEN_MEANWHILE = "written_meanwhile"
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
    FILE_LARGE = "file_large"
    FILE_EMPTY = "file_empty"
    NO_TEXT = "no_text"
    NO_CSV = "no_csv"
    NO_WORKBOOK = "no_workbook"
    WORKBOOK_LARGE = "workbook_large"
    NO_SHEET = "no_sheet"
    TOO_MANY_ROWS = "too_many_rows"
    TABLE_EMPTY = "table_empty"
    NO_QUESTIONS = "no_questions"
    TOO_MANY_QUESTIONS = "too_many_questions"
    NO_QUESTION_COLUMN = "no_question_column"
    NO_ANSWER_COLUMNS = "no_answer_columns"
    LONG_QUESTION = "long_question"
    NO_COUNT = "no_count"
    OTHER_TABLE = "other_table"
    ODD_SIGN = "odd_sign"
    WHICH_TABLE = "which_table"
    NO_TABLE = "no_table"
    ONE_TABLE = "one_table"
    NO_RUN = "no_run"
    NO_NLU = "no_nlu"
    NO_YAML = "no_yaml"


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
    _R.WRITTEN_MEANWHILE: "{named} was written elsewhere since it was opened; open it again.",
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
    _R.FILE_LARGE: "A file may have at most {named} MB; split it.",
    _R.FILE_EMPTY: "The file is empty.",
    _R.NO_TEXT: "The table is neither UTF-8 nor GBK. Save it as UTF-8.",
    _R.NO_CSV: "The table is no CSV: {named}.",
    _R.NO_WORKBOOK: "The file is no Excel workbook (.xlsx), or is damaged.",
    _R.WORKBOOK_LARGE: "The workbook unpacks to more than {named} MB; split it.",
    _R.NO_SHEET: "The workbook has no sheet `{named}`; begin from an export.",
    _R.TOO_MANY_ROWS: "The table has more than {named} rows; split it.",
    _R.TABLE_EMPTY: "The table is empty. Name its columns in the first row.",
    _R.NO_QUESTIONS: "The table has no questions.",
    _R.TOO_MANY_QUESTIONS: "The table has more than {named} questions; split it.",
    _R.NO_QUESTION_COLUMN: "No column of questions: name one `text` or 问题. The first row has {named}.",
    _R.NO_ANSWER_COLUMNS: "No columns of questions and answers: name them `question` and `answer` (问题、答案).",
    _R.LONG_QUESTION: "Row {named} has a question of more than 2,000 characters.",
    _R.NO_COUNT: "Row {named} has a count that is no number.",
    _R.OTHER_TABLE: "That is not the table {named}: its first row differs.",
    _R.ODD_SIGN: "Excel cannot hold a sign of {named}; take it out first.",
    _R.WHICH_TABLE: "Say which table the CSV file is.",
    _R.NO_TABLE: "There is no such table.",
    _R.ONE_TABLE: "All tables together are a workbook only; choose one for CSV.",
    _R.NO_RUN: "There is no such test.",
    _R.NO_NLU: "The file has no list `nlu:`, as training files of Rasa have.",
    _R.NO_YAML: "The file is no YAML: {named}.",
}


class ContentRefusedError(RejectedError):
    """The studio refuses.

    Attributes:
        reason: Why.
        named: The file, commit, row or limit that it is about; empty for none.
    """

    def __init__(self, reason: ContentRefusal, *, named: str = "") -> None:
        super().__init__(_WORDS[reason].format(named=named))
        self.reason = reason
        self.named = named


class ContentChangedError(ContentRefusedError, ChangedMeanwhileError):
    """Somebody else changed the draft or the file first."""


class ContentTooLargeError(ContentRefusedError, TooLargeError):
    """A file has more than the studio takes."""
