"""How deeply YAML is nested, told before anything reads it: its readers go down by recursion.

libyaml's reader in C has no limit, and a file of brackets ends the whole process; what walks
through the nodes follows an anchor each time it is named again, which may be without end.
"""

import contextlib
import re
from typing import Any, Final

import yaml

MOST_DEPTH: Final = 50
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_MAY_OPEN: Final = re.compile(r"[\[{]|[-?:](?=\s)")
_OPENS: Final = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
_CLOSES: Final = (yaml.SequenceEndEvent, yaml.MappingEndEvent)


class TooDeepError(yaml.YAMLError):
    """It is nested too deeply, or an anchor is named again."""


def require_shallow(text: str) -> None:
    """Refuses what nests deeper than any file of people, and aliases; other faults its reader tells.

    Raises:
        TooDeepError: It does.
    """
    if "*" in text or sum(1 for _ in _MAY_OPEN.finditer(text)) > MOST_DEPTH:
        with contextlib.suppress(yaml.reader.ReaderError, yaml.MarkedYAMLError, ValueError):
            _walk(text)


def _walk(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, _OPENS) - isinstance(event, _CLOSES)
        if depth > MOST_DEPTH or isinstance(event, yaml.AliasEvent):
            raise TooDeepError
