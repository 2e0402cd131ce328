"""Training the encoder anew, with a tiny teacher and tiny corpora: resumable, and to the same weights."""

import dataclasses
import json
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing
from transformers import BertConfig, BertModel

from servicebot.adapters.local_models.manifest import sha256_of
from servicebot.adapters.local_models.open_encoder import open_encoder
from servicebot.content.content import Content
from servicebot.content.load import load_content
from servicebot.training.train_encoder import EncoderOptions, train_encoder

SHAPE = {"width": 32, "layers": 1, "heads": 2, "wide": 64}
WORDS = (
    "how",
    "do",
    "i",
    "repay",
    "my",
    "loan",
    "where",
    "is",
    "money",
    "what",
    "when",
    "can",
    "card",
)
INTENT = """intent: loan.{name}
means: {name}
flow: {name}
identity: L1
examples: |
{examples}
"""
SAID = {
    "zh": {
        "repay_early": "我要提前还款|帮我全部还清|提前结清",
        "due": "这个月要还多少|什么时候还款",
    },
    "en": {"repay_early": "repay my loan|i repay my loan now", "due": "what do i repay|when do i"},
}


def make_teacher(folder: Path) -> None:
    special = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
    letters = [sign for letter in "abcdefghijklmnopqrstuvwxyz" for sign in (letter, f"##{letter}")]
    tokens = dict.fromkeys((*special, *letters, *WORDS))
    vocabulary = {token: number for number, token in enumerate(tokens)}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer()
    tokenizer.pre_tokenizer = BertPreTokenizer()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        special_tokens=[("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])],
    )
    tokenizer.add_special_tokens(list(special))
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=SHAPE["width"],
        num_hidden_layers=SHAPE["layers"],
        num_attention_heads=SHAPE["heads"],
        intermediate_size=SHAPE["wide"],
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))


def make_corpora(folder: Path) -> None:
    english = [f"{a} {b} {c}" for a in WORDS[:5] for b in WORDS[5:9] for c in WORDS[9:13]]
    files = {
        "tatoeba_zh_en/cmn.txt": "\n".join(f"{text}\t我要还款\tsample" for text in english),
        "clinc150/data_full.json": json.dumps({"train": [[t, str(len(t))] for t in english]}),
        "banking77/train.csv": "\n".join(("text,category", *(f"{t},x" for t in english))),
        "hwu64/train/seq.in": "\n".join(english),
        "customer_phrasings/one.tsv": "\n".join(
            f"topic.{topic}\t{language}\t{text} {topic}{line}"
            for topic in range(12)
            for language, text in (("zh", "怎么还款"), ("en", "how do i repay"))
            for line in range(8)
        ),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{text}\n", encoding="utf-8")


def make_content(folder: Path) -> Content:
    for language, intents in SAID.items():
        for name, examples in intents.items():
            lines = "\n".join(f"  {line}" for line in examples.split("|"))
            path = folder / "intents" / language / "loan" / f"{name}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(INTENT.format(name=name, examples=lines), encoding="utf-8")
    return load_content(folder)


class StoppedError(Exception):
    """The machine went down."""


def test_a_training_that_was_stopped_goes_on_to_the_same_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher, corpora = tmp_path / "teacher", tmp_path / "corpora"
    make_teacher(teacher)
    make_corpora(corpora)
    monkeypatch.setattr("servicebot.training.teacher.teacher_folder", lambda: teacher)
    monkeypatch.setattr("servicebot.training.teacher._SHAPE", SHAPE)
    monkeypatch.setattr("servicebot.training.train_encoder.READING_STEPS", 3)
    monkeypatch.setattr("servicebot.training.train_encoder.SETTLING_STEPS", 3)
    monkeypatch.setattr("servicebot.training.stage.KEEP_EVERY", 2)
    monkeypatch.setattr("servicebot.training.train_encoder.KEEP_EVERY", 2)
    parted = EncoderOptions(
        out=tmp_path / "parted", corpora=corpora, content=make_content(tmp_path), topic_steps=5
    )
    whole = dataclasses.replace(parted, out=tmp_path / "whole")
    train_encoder(whole)

    seen: list[str] = []

    def stop(stage: str, step: int, loss: float) -> None:  # noqa: ARG001 - the report's signature
        seen.append(stage)
        if (parted.out / "unfinished_topics.safetensors").exists():
            raise StoppedError

    with pytest.raises(StoppedError):
        train_encoder(dataclasses.replace(parted, report=stop))
    assert "reading" in seen
    seen.clear()

    def note(stage: str, step: int, loss: float) -> None:  # noqa: ARG001 - the report's signature
        seen.append(f"{stage} {step}")

    train_encoder(dataclasses.replace(parted, report=note))
    assert "topics 5" in seen
    assert "settling 3" in seen
    assert not [line for line in seen if line.startswith(("reading", "topics 1"))]
    assert sha256_of(whole.out / "model.safetensors") == sha256_of(parted.out / "model.safetensors")
    assert open_encoder(str(parted.out)).encode(["怎么还款"]).shape == (1, SHAPE["width"])
