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


@pytest.mark.slow
def test_intervals_cover_the_truth() -> None:
    # given a model whose mistakes cluster in articles, and its figure on very many pairs
    truth = evaluate(*_clustered(100_000, 36_000, seed=1), draws=2)["macro_f1"]
    # when it is evaluated on 200 small sets
    found = [evaluate(*_clustered(278, 100, seed), draws=500) for seed in range(2, 202)]
    # then 95 % is promised; three standard errors below are granted
    covered = [r["interval"]["macro_f1"][0] <= truth <= r["interval"]["macro_f1"][1] for r in found]
    assert np.mean(covered) > 0.90


def _clustered(pairs: int, articles: int, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    gold = simulated_gold(pairs, articles, seed=seed)
    rng = np.random.default_rng(seed + 7)
    codes, names = pd.factorize(gold["article_id"])
    ease = 0.45 * rng.standard_normal(len(names))[codes] + 0.9 * rng.standard_normal(pairs)
    answer = gold["label"].map(LABELS.index).to_numpy()
    return gold, predictions_of(gold, np.where(ease > -0.67, answer, (answer + 1) % 3))


def test_a_slice_of_one_article_claims_no_certainty(gold: pd.DataFrame) -> None:
    # given a party in one article only, and a tag that is always answered right
    alone = gold["article_id"].eq(gold["article_id"][0])
    gold = gold.assign(target_party=gold["target_party"].mask(alone, "Lone Choir"))
    right = gold["label"].map(LABELS.index).to_numpy()
    wrong = (right + 1) % len(LABELS)
    negated = np.array(["negation" in tags for tags in gold["tags"]])
    guesses = np.where(np.arange(len(gold)) % 3 > 0, right, wrong)
    answer = np.where(negated, right, guesses)
    # when
    found = evaluate(gold, predictions_of(gold, answer), draws=100)
    # then neither has an interval, and the rest do
    ends = {(row["slice"], row["value"]): row["interval"] for row in found["slices"]}
    assert ends["party", "Lone Choir"]["accuracy"] == [None, None]
    assert ends["tag", "negation"]["accuracy"] == [None, None]
    low, high = ends["tag", "quote"]["accuracy"]
    assert low < high
