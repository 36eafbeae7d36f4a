from __future__ import annotations

import pytest

from stance.models.training import processes
from stance.models.training.recipe import Recipe, class_weights, recipe_of
from stance.schema.nouns import InputError


def test_an_unknown_key_is_named() -> None:
    with pytest.raises(InputError, match=r"unknown key epoch; there are .*epochs"):
        recipe_of({"epoch": 3}, seed=1)


def test_patience_needs_a_best_epoch() -> None:
    with pytest.raises(InputError, match="patience needs select=true"):
        recipe_of({"patience": 1, "select": False}, seed=1)


def test_a_short_last_batch_is_a_step() -> None:
    assert Recipe(batch_size=8, accumulate=2).steps(17) == 2
    assert Recipe(batch_size=8).steps(3) == 1


def test_rare_classes_weigh_more() -> None:
    labels = ["neutral"] * 8 + ["support"] + ["opposition"]
    opposition, neutral, support = class_weights(labels, 1.0) or []

    assert opposition == support == pytest.approx(10 / 3)
    assert neutral == pytest.approx(10 / 24)
    assert class_weights(labels, 0.0) is None


def test_processes_share_a_batch_evenly_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORLD_SIZE", "2")

    assert processes.share_of(32) == 16
    with pytest.raises(InputError, match="batch_size 5: cannot be shared by 2"):
        processes.share_of(5)
