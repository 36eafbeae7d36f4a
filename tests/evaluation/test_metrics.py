"""The figures agree with scikit-learn, and the intervals cover what they claim to."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import f1_score, matthews_corrcoef, precision_recall_fscore_support

from stance.evaluation.metrics import evaluate
from stance.evaluation.simulate import predictions_of, simulated_gold, simulated_model
from stance.schema.nouns import LABELS


def test_figures_agree_with_scikit_learn(gold: pd.DataFrame, predictions: pd.DataFrame) -> None:
    # when
    found = evaluate(gold, predictions, draws=50)
    # then
    truth, answer = gold["label"], predictions["predicted"]
    assert found["macro_f1"] == pytest.approx(f1_score(truth, answer, average="macro"), abs=1e-6)
    assert found["accuracy"] == pytest.approx((truth == answer).mean(), abs=1e-6)
    assert found["matthews"] == pytest.approx(matthews_corrcoef(truth, answer), abs=1e-6)
    table = precision_recall_fscore_support(truth, answer, labels=list(LABELS))
    for code, label in enumerate(LABELS):
        row = found["per_class"][label]
        assert [row["precision"], row["recall"], row["f1"], row["n"]] == pytest.approx(
            [column[code] for column in table], abs=1e-6
        )
    assert np.sum(found["confusion"]["counts"]) == found["n"] == len(gold)


def test_is_plain_json_and_the_same_for_a_seed(
    gold: pd.DataFrame, predictions: pd.DataFrame
) -> None:
    first = evaluate(gold, predictions, draws=50, seed=7)
    assert json.loads(json.dumps(first, allow_nan=False)) == first
    assert evaluate(gold, predictions, draws=50, seed=7) == first
    assert evaluate(gold, predictions, draws=50, seed=8) != first


def test_intervals_hold_the_estimate(gold: pd.DataFrame, predictions: pd.DataFrame) -> None:
    found = evaluate(gold, predictions, draws=200)
    for name in ("macro_f1", "accuracy", "matthews", "calibration_error"):
        low, high = found["interval"][name]
        assert low <= found[name] <= high


def test_clustered_answers_widen_the_interval() -> None:
    # given one model whose mistakes fall pair by pair, and one that fails whole articles
    gold = simulated_gold(600, 100)
    truth = gold["label"].map(LABELS.index).to_numpy()
    bad = gold["article_id"].isin([f"a{k}" for k in range(0, 100, 4)]).to_numpy()
    clustered = predictions_of(gold, np.where(bad, (truth + 1) % 3, truth))
    scattered = simulated_model(gold, 1 - bad.mean())
    # when
    wide, narrow = (
        evaluate(gold, p, draws=300)["interval"]["accuracy"] for p in (clustered, scattered)
    )
    # then
    assert wide[1] - wide[0] > 1.5 * (narrow[1] - narrow[0])


def test_a_perfectly_calibrated_model_has_no_calibration_error_on_few_pairs() -> None:
    # given 40 sets of 340 pairs, whose naive error is 0.04 by chance
    found = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        gold = simulated_gold(340, 120, seed=seed)
        truth = gold["label"].map(LABELS.index).to_numpy()
        sure = rng.uniform(0.4, 0.95, len(gold))
        answer = np.where(rng.random(len(gold)) < sure, truth, (truth + 1) % 3)
        frame = predictions_of(gold, answer, sure)
        found.append(evaluate(gold, frame, draws=2)["calibration_error"])
    # then it is below zero, shown as none, about as often as above
    assert np.median(found) < 0.02
    assert 0.25 < np.mean(np.asarray(found) == 0) < 0.8


def test_a_class_that_gold_lacks_is_no_class(gold: pd.DataFrame) -> None:
    # given a corpus without neutral, and a model that says neutral now and then
    gold["label"] = np.where(gold["label"] == "neutral", "support", gold["label"])
    found = evaluate(gold, simulated_model(gold, 0.8), draws=50)
    # then
    scores = [found["per_class"][label]["f1"] for label in ("opposition", "support")]
    assert found["macro_f1"] == pytest.approx(np.mean(scores), abs=1e-6)


def test_the_most_confident_pairs_come_first(gold: pd.DataFrame) -> None:
    # given a model that is surer where it is right
    truth = gold["label"].map(LABELS.index).to_numpy()
    right = np.arange(len(gold)) % 2 == 0
    frame = predictions_of(gold, np.where(right, truth, (truth + 1) % 3), 0.6)
    frame.loc[right, ["p_opposition", "p_neutral", "p_support"]] = np.eye(3)[truth[right]]
    points = evaluate(gold, frame, draws=20)["coverage_accuracy"]
    # then
    assert points[0]["coverage"] == pytest.approx(0.5)
    assert points[0]["accuracy"] == 1
    assert points[-1]["accuracy"] == pytest.approx(0.5)
