"""The text of a CSV file as Excel and people save it."""

from servicebot.domain.content_refusal import ContentRefusal, ContentRefusedError


def read_csv_text(data: bytes) -> str:
    """UTF-8, with or without BOM, or GBK.

    Raises:
        RejectedError: It is neither.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError as error:
            raise ContentRefusedError(ContentRefusal.NO_TEXT) from error
