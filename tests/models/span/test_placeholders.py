from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stance.models import StanceModel, load, save
from stance.models.encoders import load_tokenizer
from stance.models.span.classifier import SpanClassifier
from stance.models.span.placeholders import hide
from tests.conftest import HOLDER, SENTENCES, TARGET, pair
from tests.models.span.test_classifier import RECIPE

A, B = 101, 102


@pytest.fixture(scope="module")
def fitted(pairs: pd.DataFrame, tiny_encoder: str) -> SpanClassifier:
    return SpanClassifier(encoder=tiny_encoder, hide_names=True, recipe=RECIPE).fit(pairs)


def renamed(pairs: pd.DataFrame, name: str, other: str) -> pd.DataFrame:
    """The pairs with another name of a party wherever it is named, its spans moved along."""
    moved = len(other) - len(name)
    rows = pairs.copy()
    cuts = [text.index(name) for text in pairs["text"]]
    rows["text"] = [text.replace(name, other) for text in pairs["text"]]
    rows["sentence_end"] += moved
    for column in ("target_spans", "holder_spans"):
        rows[column] = [
            spans
            and [
                {
                    "start": span["start"] + moved * (span["start"] > cut),
                    "end": span["end"] + moved * (span["end"] > cut),
                }
                for span in spans
            ]
            for spans, cut in zip(pairs[column], cuts, strict=True)
        ]
    return rows


def test_each_mention_is_one_token_numbered_by_who_is_named_first() -> None:
    # given "5 [6 7] 8 [9] 6", the second party named before the first
    hidden, places = hide([5, 6, 7, 8, 9, 6], [[4], [1, 2]], [A, B])
    # then
    assert hidden == [5, A, 8, B, 6]
    assert places == [0, 1, 1, 2, 3, 4]


def test_a_name_inside_a_name_keeps_its_own_token() -> None:
    hidden, places = hide([1, 2, 3, 4], [[0, 1, 2], [1]], [A, B])
    assert hidden == [A, B, A, 4]
    assert places == [0, 1, 2, 3]


def test_there_may_be_more_parties_than_placeholders_and_some_named_nowhere() -> None:
    hidden, _ = hide([1, 2, 3], [[0], [], [1], [2]], [A, B])
    assert hidden == [A, B, A]


def test_what_can_be_learnt_is_learnt_and_no_name_matters(
    fitted: SpanClassifier, pairs: pd.DataFrame
) -> None:
    free = pairs[pairs["holder_kind"] == "any"]
    assert (fitted.predict(free) == free["label"]).mean() > 0.95
    # when both parties have names that the model never saw
    others = renamed(renamed(pairs, TARGET, "Ostrava"), HOLDER, "the Union of Free Ferrymen")
    # then
    np.testing.assert_allclose(fitted.predict_proba(others), fitted.predict_proba(pairs), atol=1e-6)


def test_saved_and_loaded_it_still_hides_them(
    fitted: SpanClassifier, pairs: pd.DataFrame, tmp_path
) -> None:
    again = load(save(StanceModel(fitted), tmp_path / "model")).classifier
    np.testing.assert_array_equal(again.predict_proba(pairs), fitted.predict_proba(pairs))


def test_onnx_hides_them_too(fitted: SpanClassifier, pairs: pd.DataFrame, tmp_path, monkeypatch):
    pytest.importorskip("onnxruntime")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    again = load(save(StanceModel(fitted), tmp_path / "model")).classifier
    again.use_onnx("0" * 64)
    assert (again.predict(pairs) == fitted.predict(pairs)).mean() > 0.95


def test_an_encoders_tokenizer_stays_as_it_was(fitted: SpanClassifier, tiny_encoder: str) -> None:
    assert len(load_tokenizer(tiny_encoder)) < len(fitted.tokenizer_)


def test_that_somebody_is_known_to_hold_a_stance_tells_nothing_of_it(
    fitted: SpanClassifier,
) -> None:
    """Only a stance has a holder, and so his placeholder would have told that there is one."""
    text = SENTENCES[0][0]
    target, directed = pair(text, TARGET, None), pair(text, TARGET, None, holder=HOLDER)
    # when the holder is nobody's target
    alone, known = (
        fitted.predict_proba(pd.DataFrame(rows)) for rows in ([target], [target, directed])
    )
    # then
    np.testing.assert_allclose(alone[0], known[0], atol=1e-6)
