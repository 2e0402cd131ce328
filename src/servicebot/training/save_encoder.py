"""Writes a trained table as a folder that `load_piece_bag` and every receipt can trust."""

import json
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

from servicebot.adapters.local_models.bundled_encoder import (
    CONFIGURATION_NAME,
    TABLE_NAME,
    WEIGHTS_NAME,
)
from servicebot.adapters.local_models.manifest import write_manifest

_FORMAT: Final = {"kind": "piece_bag", "version": 1}


def save_encoder(folder: Path, table: NDArray[np.int8], *, card: str) -> None:
    """Writes weights, configuration, model card and manifest.

    Args:
        folder: Made where it is missing; files of the same names are replaced.
        table: int8 [rows, dimension].
        card: The text of README.md: data, licences, seed, figures.
    """
    folder.mkdir(parents=True, exist_ok=True)
    configuration = {**_FORMAT, "rows": table.shape[0], "dimension": table.shape[1]}
    (folder / CONFIGURATION_NAME).write_text(json.dumps(configuration) + "\n", "utf-8")
    (folder / "README.md").write_text(card, "utf-8")
    save_file({TABLE_NAME: np.ascontiguousarray(table)}, folder / WEIGHTS_NAME)
    write_manifest(folder)
