"""The text of a CSV file as Excel and people save it."""

from servicebot.domain.errors import RejectedError


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
            raise RejectedError("The table is neither UTF-8 nor GBK. Save it as UTF-8.") from error
