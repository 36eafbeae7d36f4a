"""Both trained classifiers: the best epoch, early stopping, smoothing, layer-wise rates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
import torch

from stance.models.base import StanceClassifier
from stance.models.encoders import load_encoder
from stance.models.pair import PairClassifier
from stance.models.span.classifier import SpanClassifier
from stance.models.training.rates import parameter_groups
from stance.models.training.recipe import Recipe

Numbers = list[tuple[int, dict[str, float]]]
Make = Callable[..., StanceClassifier]
KINDS: dict[str, Make] = {"span": SpanClassifier, "pair": PairClassifier}


def trained(kind: str, encoder: str, pairs: pd.DataFrame, **recipe: Any) -> tuple[Any, Numbers]:
    said: Numbers = []
    model: Any = KINDS[kind](encoder=encoder, recipe=recipe)
    model.fit(pairs, dev=pairs, log=lambda step, numbers: said.append((step, numbers)))
    return model, said


def f1s(said: Numbers) -> list[float]:
    return [numbers["eval_macro_f1"] for _, numbers in said if "eval_macro_f1" in numbers]


@pytest.mark.parametrize("kind", KINDS)
def test_it_stops_when_macro_f1_gets_no_better(
    kind: str, pairs: pd.DataFrame, tiny_encoder: str
) -> None:
    # Rates this small move no answer, so that the first epoch stays the best.
    still = {"encoder_lr": 1e-12, "head_lr": 1e-12}
    _, said = trained(kind, tiny_encoder, pairs, epochs=9, patience=2, **still)
    assert len(f1s(said)) == 3


@pytest.mark.parametrize("kind", KINDS)
def test_the_weights_of_the_best_epoch_stay(
    kind: str, pairs: pd.DataFrame, tiny_encoder: str
) -> None:
    model, said = trained(
        kind, tiny_encoder, pairs, epochs=6, encoder_lr=3e-3, batch_size=8, label_smoothing=0.1
    )
    again = model.predict_proba(pairs)
    trainer_said = f1s(said)
    assert len(trainer_said) == 6
    assert _macro(model, again, pairs) == pytest.approx(max(trainer_said), abs=0.03)


def _macro(model: Any, probabilities: Any, pairs: pd.DataFrame) -> float:
    from sklearn.metrics import f1_score

    free = (pairs["holder_kind"] == "any").to_numpy()
    predicted = model.classes_[probabilities.argmax(axis=1)]
    return float(f1_score(pairs["label"][free], predicted[free], average="macro"))


@pytest.mark.parametrize("kind", KINDS)
def test_smoothing_raises_the_loss_of_sure_answers(
    kind: str, pairs: pd.DataFrame, tiny_encoder: str
) -> None:
    quick = {"epochs": 12, "encoder_lr": 3e-3, "batch_size": 8}
    plain, _ = trained(kind, tiny_encoder, pairs, **quick)
    smooth, _ = trained(kind, tiny_encoder, pairs, label_smoothing=0.3, **quick)
    assert smooth.metrics_["train_loss"] > plain.metrics_["train_loss"]


def test_deeper_layers_have_smaller_rates(pairs: pd.DataFrame, tiny_encoder: str) -> None:
    model, _ = trained("span", tiny_encoder, pairs, epochs=0.1)
    recipe = Recipe(encoder_lr=1e-4, head_lr=1e-2, layer_decay=0.5)
    groups = parameter_groups(model.model_, recipe)
    assert {group["lr"] for group in groups} == {1e-2, 1e-4, 5e-5, 2.5e-5}
    covered = sum(len(group["params"]) for group in groups)
    assert covered == len(list(model.model_.parameters()))
    assert all(p.ndim > 1 for group in groups if group["weight_decay"] for p in group["params"])


@pytest.mark.parametrize("kind", KINDS)
def test_frozen_words_stay_as_they_were(kind: str, pairs: pd.DataFrame, tiny_encoder: str) -> None:
    before = load_encoder(tiny_encoder, None)
    model, _ = trained(kind, tiny_encoder, pairs, epochs=1, freeze_words=True)
    body = model.model_.base_model
    torch.testing.assert_close(
        body.get_input_embeddings().weight.detach(), before.get_input_embeddings().weight.detach()
    )
    learnt = body.encoder.layer[0].output.dense.weight
    assert not torch.equal(learnt, before.encoder.layer[0].output.dense.weight)
