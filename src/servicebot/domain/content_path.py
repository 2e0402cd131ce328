"""Which paths are files of the content."""

from typing import Final

FOLDERS: Final = ("knowledge_base", "intents")
_SUFFIXES: Final = (".md", ".yaml", ".csv")
_MOST_PARTS: Final = 5
MOST_LENGTH: Final = 200


def is_content_path(path: str) -> bool:
    """Whether a path below the content folder is one of its files, and leads nowhere else."""
    parts = path.split("/")
    return (
        len(path) <= MOST_LENGTH
        and 1 < len(parts) <= _MOST_PARTS
        and parts[0] in FOLDERS
        and path.endswith(_SUFFIXES)
        and all(part and not part.startswith(".") and part.isprintable() for part in parts)
        and "\\" not in path
    )
