"""Every classifier is the same to scikit-learn, to the saver and to the scorer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.metrics import f1_score

from stance.models.base import StanceClassifier, holder_free
from stance.models.fitting import fit_model
from stance.models.frozen import FrozenClassifier
from stance.models.majority import MajorityClassifier
from stance.models.pair import PairClassifier, marked
from stance.models.saving import FOREIGN, load, save
from stance.models.span.classifier import SpanClassifier
from stance.models.tfidf import TfidfClassifier
from tests.conftest import TARGET, pair

Make = Callable[[str], StanceClassifier]
PATIENT = {"epochs": 60, "batch_size": 8, "encoder_lr": 1e-3}
KINDS: dict[str, Make] = {
    "majority": lambda encoder: MajorityClassifier(),
    "tfidf": lambda encoder: TfidfClassifier(),
    "tfidf_blind": lambda encoder: TfidfClassifier(target_aware=False),
    "frozen": lambda encoder: FrozenClassifier(encoder=encoder),
    "pair": lambda encoder: PairClassifier(
        encoder=encoder, recipe={"epochs": 2, "encoder_lr": 1e-3}
    ),
    "span": lambda encoder: SpanClassifier(encoder=encoder, recipe={"epochs": 2}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_fit_predict_save_and_load(
    kind: str, pairs: pd.DataFrame, tiny_encoder: str, tmp_path: Path
) -> None:
    model = fit_model(clone(KINDS[kind](tiny_encoder)), pairs, pairs)
    before = model.predict_proba(pairs)
    assert before.shape == (len(pairs), 3)
    np.testing.assert_allclose(before.sum(axis=1), 1, atol=1e-6)
    assert list(model.classes_) == ["opposition", "neutral", "support"]

    folder = save(model, tmp_path / "model")
    again = load(folder)
    np.testing.assert_allclose(again.predict_proba(pairs), before, atol=1e-6)
    assert again.kind == model.kind
    assert not {path.suffix for path in folder.rglob("*")} & set(FOREIGN)


@pytest.mark.parametrize("kind", ["tfidf", "frozen", "pair"])
def test_no_pairs_and_one_pair(kind: str, pairs: pd.DataFrame, tiny_encoder: str) -> None:
    model = KINDS[kind](tiny_encoder).fit(pairs)
    assert model.predict_proba(pairs.head(0)).shape == (0, 3)
    assert model.predict_proba(pairs.head(1)).shape == (1, 3)


@pytest.mark.parametrize("kind", ["frozen", "pair"])
def test_it_learns_what_can_be_learnt(kind: str, pairs: pd.DataFrame, tiny_encoder: str) -> None:
    free = holder_free(pairs)
    # A tiny random encoder learns words soon, and which party is marked only late.
    free = free[free["target"] == TARGET]
    made = KINDS[kind](tiny_encoder)
    model = made.set_params(recipe=PATIENT) if kind == "pair" else made.set_params(C=10.0)
    answers = model.fit(free).predict(free)
    assert f1_score(free["label"], answers, average="macro") > 0.6


def test_every_mention_of_the_target_is_marked() -> None:
    row = pair("Holt met Ruiz. Holt left.", "Holt", "neutral")
    row["target_spans"] = [{"start": 0, "end": 4}, {"start": 15, "end": 19}]
    assert marked(row, context=False) == "« Holt » met Ruiz. « Holt » left."
    row |= {"sentence_start": 15}
    assert marked(row, context=False) == "« Holt » left."
