"""Small real things that the tests share: pairs, a tiny encoder with a real tokenizer."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from stance.cli import main
from stance.schema.table import pair_id, spans

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
# A process of pytest-xdist is told how wide the terminal is, and tables would be cut to it.
os.environ.pop("COLUMNS", None)

#: Sentences in which the second party is opposed, supported, or neither by the first.
SENTENCES = (
    ("The Guild of Bakers denounced Mayor Holt over the flour tax.", "opposition"),
    ("The Guild of Bakers praised Mayor Holt for the new ovens.", "support"),
    ("The Guild of Bakers met Mayor Holt at the town hall.", "neutral"),
    ("Nobody at the Guild of Bakers would say whether Mayor Holt had called.", "neutral"),
    ("The Guild of Bakers thanked Mayor Holt and promised its votes.", "support"),
    ("The Guild of Bakers wants Mayor Holt out of office by spring.", "opposition"),
)
HOLDER, TARGET = "Guild of Bakers", "Mayor Holt"


def pair(
    text: str, target: str, label: str | None, *, holder: str | None = None, **more: Any
) -> dict[str, Any]:
    """A row of the table about the first mention of ``target`` in a one-sentence window."""
    article = str(more.pop("article_id", "a1"))
    sentence = int(more.pop("sentence_index", 0))

    def at(words: str) -> list[dict[str, int]]:
        start = text.index(words)
        return spans((start, start + len(words)))

    row = {
        "pair_id": pair_id(article, sentence, target, holder or "any"),
        "article_id": article,
        "sentence_index": sentence,
        "text": text,
        "sentence_start": 0,
        "sentence_end": len(text),
        "target": target,
        "target_party": target,
        "target_spans": at(target),
        "holder_kind": "party" if holder else "any",
        "holder": holder,
        "holder_party": holder,
        "holder_spans": at(holder) if holder else [],
        "label": label,
        "mixed": False,
        "unclear": False,
        "tags": [],
        "corpus": "toy",
        "construct": "stance",
        "split": "train",
        "weight": 1.0,
        "provenance": "authored",
        "annotator": "tests",
        "codebook": "1.1",
    }
    return row | more


@pytest.fixture(scope="session")
def pairs() -> pd.DataFrame:
    """Labelled pairs of eight articles: targets and holders, with directed rows."""
    rows = []
    for article in range(8):
        for index, (text, label) in enumerate(SENTENCES):
            where = {"article_id": f"a{article}", "sentence_index": index}
            rows.append(pair(text, TARGET, label, **where))
            rows.append(pair(text, HOLDER, "neutral", **where))
            if label != "neutral":
                rows.append(pair(text, TARGET, label, holder=HOLDER, **where))
    return pd.DataFrame(rows)


@pytest.fixture(scope="session")
def tiny_encoder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A BERT of two narrow layers with random weights and a real WordPiece tokenizer."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast, set_seed

    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    # A trained vocabulary would come out in another order each time, and the network with it.
    words = {word for text, _ in SENTENCES for word in re.findall(r"\w+", text.lower())}
    letters = set("".join(words))
    pieces = [*".,«»", *sorted(letters), *(f"##{one}" for one in sorted(letters)), *sorted(words)]
    vocabulary = {piece: number for number, piece in enumerate(dict.fromkeys([*special, *pieces]))}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    names = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]"}
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, sep_token="[SEP]", mask_token="[MASK]", **names
    )
    set_seed(1)
    shape = {"num_hidden_layers": 2, "num_attention_heads": 2, "hidden_size": 32}
    config = BertConfig(vocab_size=len(fast), intermediate_size=64, **shape)
    folder = tmp_path_factory.mktemp("tiny-bert")
    BertModel(config).save_pretrained(folder)
    fast.save_pretrained(folder)
    return str(folder)


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, so that nothing is left in the checkout."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    return tmp_path


@pytest.fixture(scope="session")
def run_job() -> Callable[..., tuple[int, str]]:
    """Run a sub-command in this process: its status, and what it printed."""

    def run(*words: str) -> tuple[int, str]:
        said = io.StringIO()
        with redirect_stdout(said), redirect_stderr(said):
            try:
                main(words)
                status = 0
            except SystemExit as done:
                status = int(done.code or 0)
        return status, said.getvalue()

    return run
