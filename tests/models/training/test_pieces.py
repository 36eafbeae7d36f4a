from __future__ import annotations

import pandas as pd
import pytest
import torch

import stance.models.training.trainer as trainer
from stance.models.span.classifier import SpanClassifier
from stance.models.training.pieces import pieces


def test_a_piece_has_no_more_tokens_than_asked_for_and_no_row_is_lost() -> None:
    batch = {"input_ids": torch.arange(70).reshape(7, 10), "labels": torch.arange(7)}

    found = list(pieces(batch, tokens=25))

    assert [len(part["labels"]) for _, part in found] == [2, 2, 2, 1]
    assert torch.equal(torch.cat([part["input_ids"] for _, part in found]), batch["input_ids"])
    assert sum(share for share, _ in found) == pytest.approx(1)


def test_a_window_longer_than_a_piece_is_one() -> None:
    assert len(list(pieces({"input_ids": torch.zeros(3, 50)}, tokens=25))) == 3


def test_a_training_in_pieces_is_the_training_of_the_batch(
    pairs: pd.DataFrame, tiny_encoder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def losses(tokens: int) -> list[float]:
        monkeypatch.setattr(trainer, "TOKENS", tokens)
        said: list[float] = []
        recipe = {"epochs": 4, "head_lr": 1e-12, "encoder_lr": 1e-12, "select": False}
        SpanClassifier(encoder=tiny_encoder, recipe=recipe).fit(
            pairs, log=lambda _, numbers: said.extend(v for k, v in numbers.items() if k == "loss")
        )
        return said

    # Rates this small move nothing, so that only what dropout leaves out differs.
    assert losses(40) == pytest.approx(losses(10_000), rel=0.1)
