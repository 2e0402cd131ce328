"""The readings of Chinese characters, from pypinyin's table of single characters."""

from collections.abc import Mapping
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Final

_TABLE: Final = "pinyin_dict.py"


def load_readings() -> Mapping[int, str]:
    """Code point -> readings with tones, a comma between.

    Read as a file by itself: whoever imports the package loads its readings of 47,000 phrases too,
    which nobody asks for; they take 40 MB of each process and 0.4 s of its start.
    """
    package = find_spec("pypinyin")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("pypinyin is not installed", name="pypinyin")
    path = Path(package.submodule_search_locations[0]) / _TABLE
    table = spec_from_file_location("servicebot_readings", path)
    if table is None or table.loader is None:
        raise ModuleNotFoundError(f"{path} cannot be read", name="pypinyin")
    module = module_from_spec(table)
    table.loader.exec_module(module)
    readings: Mapping[int, str] = module.pinyin_dict
    return readings
