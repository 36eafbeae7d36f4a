from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from stance.models import StanceModel, load, save
from stance.models.span.classifier import SpanClassifier
from stance.schema.nouns import InputError
from tests.conftest import HOLDER, SENTENCES, TARGET, pair

RECIPE = {"epochs": 20, "batch_size": 8, "encoder_lr": 3e-3, "head_lr": 3e-3}


@pytest.fixture(scope="module")
def fitted(pairs: pd.DataFrame, tiny_encoder: str) -> SpanClassifier:
    return SpanClassifier(encoder=tiny_encoder, recipe=RECIPE).fit(pairs)


def test_it_learns_who_is_the_target(fitted: SpanClassifier, pairs: pd.DataFrame) -> None:
    free = pairs[pairs["holder_kind"] == "any"]

    assert (fitted.predict(free) == free["label"]).mean() > 0.95


def test_each_target_may_pool_the_window_for_itself(
    pairs: pd.DataFrame, tiny_encoder: str, tmp_path: Path
) -> None:
    free = pairs[pairs["holder_kind"] == "any"]
    fitted = SpanClassifier(encoder=tiny_encoder, attention=True, recipe=RECIPE).fit(pairs)

    again = load(save(StanceModel(fitted), tmp_path / "model")).classifier

    assert (fitted.predict(free) == free["label"]).mean() > 0.95
    np.testing.assert_array_equal(again.predict_proba(free), fitted.predict_proba(free))


def test_it_names_the_holder(fitted: SpanClassifier) -> None:
    text = SENTENCES[0][0]
    asked = pd.DataFrame([pair(text, TARGET, None), pair(text, HOLDER, None)])

    answers = fitted.answer(asked)

    assert answers.holder_kinds == ["party", None]
    assert answers.holder_rows == [1, -1]


def test_rows_come_back_in_their_order_whatever_the_batches(
    fitted: SpanClassifier, pairs: pd.DataFrame
) -> None:
    mixed = pairs.sample(frac=1, random_state=3)

    np.testing.assert_allclose(
        fitted.predict_proba(mixed),
        pd.DataFrame(fitted.predict_proba(pairs), index=pairs.index).loc[mixed.index],
        atol=1e-5,
    )


def test_the_same_seed_gives_the_same_numbers_to_the_last_digit(
    pairs: pd.DataFrame, tiny_encoder: str
) -> None:
    recipe = RECIPE | {"epochs": 2}
    first, second = (
        SpanClassifier(encoder=tiny_encoder, recipe=recipe, seed=5).fit(pairs, dev=pairs)
        for _ in range(2)
    )

    np.testing.assert_array_equal(first.predict_proba(pairs), second.predict_proba(pairs))


def test_a_saved_model_needs_nothing_but_its_folder(
    fitted: SpanClassifier, pairs: pd.DataFrame, tmp_path: Path
) -> None:
    folder = save(StanceModel(fitted), tmp_path / "model")

    found = load(folder)

    np.testing.assert_allclose(found.predict_proba(pairs), fitted.predict_proba(pairs), atol=1e-6)
    assert not [p for p in folder.rglob("*") if p.suffix in (".bin", ".pkl", ".py", ".pt")]


def test_training_reports_its_steps(pairs: pd.DataFrame, tiny_encoder: str) -> None:
    seen: list[tuple[int, dict[str, float]]] = []

    SpanClassifier(encoder=tiny_encoder, recipe=RECIPE | {"epochs": 2}).fit(
        pairs, dev=pairs, log=lambda step, numbers: seen.append((step, numbers))
    )

    assert sum("eval_macro_f1" in numbers for _, numbers in seen) == 2
    assert any("loss" in numbers for _, numbers in seen)


def test_a_missing_encoder_and_an_unknown_key_are_named(pairs: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="encoder /nowhere/at/all: cannot be loaded"):
        SpanClassifier(encoder="/nowhere/at/all").fit(pairs)
    with pytest.raises(InputError, match="unknown key epoch; there are"):
        SpanClassifier(recipe={"epoch": 3}).fit(pairs)
