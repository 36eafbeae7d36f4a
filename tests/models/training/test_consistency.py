from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
import torch

from stance.models.base import IGNORED
from stance.models.span.classifier import SpanClassifier
from stance.models.training.consistency import consistent_loss

LABELS = torch.tensor([[0, IGNORED]])


def readings(*logits: Any) -> Any:
    turns: Iterator[Any] = iter(logits)
    losses = iter((1.0, 3.0))
    return lambda: (torch.tensor(next(losses)), {"logits": torch.tensor(next(turns))})


def test_where_both_agree_it_is_the_mean_of_both_losses() -> None:
    same = [[[1.0, 0.0, 0.0], [0.0, 0.0, 0.0]]]
    loss, _ = consistent_loss(readings(same, same), {"labels": LABELS}, 5.0)
    assert loss.item() == pytest.approx(2.0)


def test_only_what_is_asked_must_agree() -> None:
    # given readings that differ in the second place, which nobody asks about
    one = [[[1.0, 0.0, 0.0], [9.0, 0.0, 0.0]]]
    other = [[[1.0, 0.0, 0.0], [0.0, 9.0, 0.0]]]
    loss, _ = consistent_loss(readings(one, other), {"labels": LABELS}, 5.0)
    assert loss.item() == pytest.approx(2.0)


def test_disagreement_costs_its_symmetric_divergence_times_the_strength() -> None:
    one, other = [0.7, 0.2, 0.1], [0.1, 0.3, 0.6]
    ignored = [0.0, 0.0, 0.0]
    p, q = torch.tensor(one), torch.tensor(other)
    found, _ = consistent_loss(
        readings([[p.log().tolist(), ignored]], [[q.log().tolist(), ignored]]),
        {"labels": LABELS},
        0.5,
    )
    divergence = ((p * (p / q).log()).sum() + (q * (q / p).log()).sum()) / 2
    assert found.item() == pytest.approx(2.0 + 0.5 * divergence.item(), rel=1e-5)


def test_it_trains_span(pairs: pd.DataFrame, tiny_encoder: str) -> None:
    recipe = {"epochs": 20, "batch_size": 8, "encoder_lr": 3e-3, "head_lr": 3e-3}
    free = pairs[pairs["holder_kind"] == "any"]
    model = SpanClassifier(encoder=tiny_encoder, recipe={**recipe, "consistency": 1.0}).fit(pairs)
    assert (model.predict(free) == free["label"]).mean() > 0.95
