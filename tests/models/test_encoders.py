"""Encoders of every common shape, with real tokenizers of their kinds and random weights."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from stance.models.encoders import MINILM, encoder_path, load_tokenizer
from stance.models.fitting import fit_model
from stance.models.saving import load, save
from stance.models.span.classifier import SpanClassifier
from stance.models.span.collator import encode
from stance.models.span.examples import examples_of
from stance.schema.nouns import InputError
from tests.conftest import SENTENCES, pair

TEXTS = [text for text, _ in SENTENCES] + ["Der Bürgermeister Łukasz 🙂 lobte São Tomé."]


def byte_level() -> Any:
    """The tokenizer of RoBERTa: BPE over bytes."""
    from tokenizers import ByteLevelBPETokenizer
    from transformers import RobertaTokenizerFast

    made = ByteLevelBPETokenizer()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    made.train_from_iterator(TEXTS, vocab_size=400, min_frequency=1, special_tokens=special)
    return RobertaTokenizerFast(tokenizer_object=made._tokenizer)


def sentence_piece(cls: Any, begin: str, end: str) -> Any:
    """A unigram tokenizer over ▁-marked words, as SentencePiece makes them."""
    from tokenizers import SentencePieceUnigramTokenizer
    from tokenizers.processors import TemplateProcessing

    special = [begin, "<pad>", end, "<unk>", "<mask>"]
    made = SentencePieceUnigramTokenizer()
    made.train_from_iterator(TEXTS, vocab_size=200, special_tokens=special, unk_token="<unk>")
    ends = [(token, made.token_to_id(token)) for token in (begin, end)]
    made._tokenizer.post_processor = TemplateProcessing(
        single=f"{begin} $A {end}", pair=f"{begin} $A {end} $B {end}", special_tokens=ends
    )
    return cls(
        tokenizer_object=made._tokenizer,
        bos_token=begin,
        cls_token=begin,
        eos_token=end,
        sep_token=end,
        unk_token="<unk>",
        pad_token="<pad>",
        mask_token="<mask>",
    )


def roberta(folder: Path) -> None:
    from transformers import RobertaConfig, RobertaModel

    tokenizer = byte_level()
    config = RobertaConfig(vocab_size=len(tokenizer), pad_token_id=1, **SHAPE)
    put(RobertaModel(config), tokenizer, folder)


def xlm_roberta(folder: Path) -> None:
    from transformers import PreTrainedTokenizerFast, XLMRobertaConfig, XLMRobertaModel

    tokenizer = sentence_piece(PreTrainedTokenizerFast, "<s>", "</s>")
    config = XLMRobertaConfig(vocab_size=len(tokenizer), pad_token_id=1, **SHAPE)
    put(XLMRobertaModel(config), tokenizer, folder)


def deberta(folder: Path) -> None:
    from transformers import DebertaV2Config, DebertaV2Model, PreTrainedTokenizerFast

    tokenizer = sentence_piece(PreTrainedTokenizerFast, "[CLS]", "[SEP]")
    config = DebertaV2Config(
        vocab_size=len(tokenizer), pad_token_id=1, relative_attention=True, position_buckets=16,
        pos_att_type=["p2c", "c2p"], type_vocab_size=0, **SHAPE,
    )  # fmt: skip
    put(DebertaV2Model(config), tokenizer, folder)


SHAPE: dict[str, Any] = {
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 64,
    "max_position_embeddings": 160,
}
SHAPES: dict[str, Callable[[Path], None]] = {
    "roberta": roberta,
    "xlm-roberta": xlm_roberta,
    "deberta-v2": deberta,
}


def put(model: Any, tokenizer: Any, folder: Path) -> None:
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


@pytest.fixture(scope="module", params=["bert", *SHAPES])
def encoder(request: pytest.FixtureRequest, tiny_encoder: str, tmp_path_factory: Any) -> str:
    if request.param == "bert":
        return tiny_encoder
    folder = tmp_path_factory.mktemp(request.param)
    SHAPES[request.param](folder)
    return str(folder)


def test_offsets_stay_right(encoder: str) -> None:
    text = "Der Bürgermeister Łukasz 🙂 lobte São Tomé."
    rows = pd.DataFrame([pair(text, "São Tomé", "support"), pair(text, "Łukasz", "neutral")])
    tokenizer = load_tokenizer(encoder)
    (item,) = encode(examples_of(rows, context=False), tokenizer, 64)
    given = tokenizer(text, return_offsets_mapping=True)
    for tokens, name in zip(item.parties, ("São Tomé", "Łukasz"), strict=True):
        covered = [given["offset_mapping"][token] for token in tokens]
        found = text[min(start for start, _ in covered) : max(end for _, end in covered)]
        assert found.strip() == name


@pytest.mark.parametrize("hide_names", [False, True])
def test_trains_saves_loads_and_answers(
    encoder: str, hide_names: bool, pairs: pd.DataFrame, tmp_path: Path
) -> None:
    classifier = SpanClassifier(encoder=encoder, hide_names=hide_names, recipe={"epochs": 1})
    model = fit_model(classifier, pairs, pairs)
    folder = save(model, tmp_path / "model")
    np.testing.assert_allclose(
        load(folder).predict_proba(pairs), model.predict_proba(pairs), atol=1e-5
    )


def test_an_encoder_that_is_not_there_is_one_line() -> None:
    with pytest.raises(InputError, match="encoder nowhere/at-all: cannot be loaded"):
        load_tokenizer("nowhere/at-all")


def test_the_packaged_weights_are_the_ones_on_record() -> None:
    assert Path(encoder_path(MINILM), "model.safetensors").is_file()
