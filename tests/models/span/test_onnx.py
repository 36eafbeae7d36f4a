from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from stance.models import StanceModel, load, save
from stance.models.majority import MajorityClassifier
from stance.models.span.classifier import SpanClassifier
from stance.schema.nouns import InputError


@pytest.fixture(scope="module")
def fitted(pairs: pd.DataFrame, tiny_encoder: str) -> SpanClassifier:
    recipe = {"epochs": 20, "batch_size": 8, "encoder_lr": 3e-3, "head_lr": 3e-3}
    return SpanClassifier(encoder=tiny_encoder, recipe=recipe).fit(pairs)


def test_eight_bit_integers_answer_as_torch_does(
    fitted: SpanClassifier, pairs: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = save(StanceModel(fitted), tmp_path / "model")
    model, other = load(folder), load(folder)

    other.classifier.use_onnx("0" * 64, threads=1)

    assert other.classifier.network is not None
    here, there = model.answer(pairs), other.answer(pairs)
    assert (here.probabilities.argmax(1) == there.probabilities.argmax(1)).mean() >= 0.99
    assert abs(here.probabilities - there.probabilities).max() < 0.1
    assert here.holder_rows == there.holder_rows
    assert (tmp_path / "news-stance" / "onnx" / f"{'0' * 64}.int8-fused.onnx").is_file()


def test_other_classifiers_say_that_they_have_no_such_form() -> None:
    with pytest.raises(InputError, match="for span models; this one is majority"):
        MajorityClassifier().use_onnx("0" * 64)
