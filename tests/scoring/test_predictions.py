"""Answers to labelled pairs: row for row, with the model's own holders."""

from __future__ import annotations

import pandas as pd

from stance.labeling.model import RulesModel
from stance.models.fitting import fit_model
from stance.models.majority import MajorityClassifier
from stance.schema.table import KEY, PREDICTIONS
from stance.scoring.predictions import predict_pairs
from tests.conftest import pair

TEXT = "Orlev praised Tarn."


def test_the_rows_are_those_of_the_pairs_in_their_order(pairs: pd.DataFrame) -> None:
    model = fit_model(MajorityClassifier(), pairs, None)
    shuffled = pairs.sample(frac=1, random_state=1)
    found = predict_pairs(model, shuffled)
    assert list(found) == list(PREDICTIONS)
    assert found["pair_id"].tolist() == shuffled["pair_id"].tolist()
    assert set(found["status"]) <= {"ok", "abstained"}
    assert found["confidence"].between(1 / 3, 1).all()


def test_a_holder_that_is_nobodys_target_is_a_candidate() -> None:
    # given a holder that only a directed row names
    rows = pd.DataFrame(
        [pair(TEXT, "Tarn", "support"), pair(TEXT, "Tarn", "support", holder="Orlev")]
    )
    # when
    found = predict_pairs(RulesModel(), rows)
    # then
    assert len(found) == 2
    assert found.loc[0, ["predicted", "holder_kind", "holder"]].tolist() == [
        "support",
        "party",
        "Orlev",
    ]


def test_directed_rows_keep_whom_they_ask_about() -> None:
    rows = pd.DataFrame([pair(TEXT, "Tarn", "support", holder="Orlev")])
    found = predict_pairs(RulesModel(), rows)
    kept = [name for name in KEY if not name.endswith("spans")]
    assert found[kept].equals(rows[kept])
    assert found["holder_spans"].tolist() == rows["holder_spans"].tolist()


def test_without_directed_rows_only_targets_are_asked_about() -> None:
    rows = pd.DataFrame([pair(TEXT, "Tarn", "support"), pair(TEXT, "Orlev", "neutral")])
    found = predict_pairs(RulesModel(), rows)
    assert found["holder_party"].tolist() == ["Orlev", None]
