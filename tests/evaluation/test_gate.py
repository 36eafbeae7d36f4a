"""The gate passes, fails, cannot tell, or refuses; and its error rates are what it says."""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from stance.evaluation.align import ComparisonRefused
from stance.evaluation.gate import Facts, GateSettings, failing, gate
from stance.evaluation.refusal import Side, fingerprint
from stance.evaluation.simulate import (
    predictions_of,
    simulated_gold,
    simulated_model,
    simulated_rivals,
)
from stance.evaluation.verdict import Check, GateReport
from stance.schema.nouns import LABELS, InputError

STRICT = {"margin": 0.0, "guard_margin": 0.0, "draws": 1000}


def _judge(
    gold: pd.DataFrame, old: pd.DataFrame, new: pd.DataFrame, **settings: object
) -> GateReport:
    options = GateSettings(**{"draws": 2000, **settings})  # type: ignore[arg-type]
    return gate(gold, Side("new", [new]), Side("old", [old]), options)


def test_a_better_model_passes() -> None:
    gold = simulated_gold()
    old, new = simulated_rivals(gold, loss=-0.04)
    report = _judge(gold, old, new)
    assert (report.verdict, report.exit_status) == ("pass", 0)
    assert report.pairs_needed is None


def test_a_much_worse_model_fails() -> None:
    gold = simulated_gold()
    old, new = simulated_rivals(gold, loss=0.06)
    report = _judge(gold, old, new)
    assert (report.verdict, report.exit_status) == ("fail", 1)
    assert "macro-F1" in report.where
    assert report.mcnemar["lost"] > report.mcnemar["won"]


def test_few_pairs_are_inconclusive_and_more_would_decide() -> None:
    gold = simulated_gold(150, 60)
    old, new = simulated_rivals(gold)
    report = _judge(gold, old, new)
    assert (report.verdict, report.exit_status) == ("inconclusive", 4)
    assert report.pairs_needed is not None
    assert report.pairs_needed > 150
    assert _judge(gold, old, new, inconclusive="pass").exit_status == 0


def test_says_first_where_one_party_was_swapped() -> None:
    # given a challenger that takes support for opposition for one party
    gold = simulated_gold()
    old, new = simulated_rivals(gold)
    answer = new["predicted"].map(LABELS.index).to_numpy()
    swapped = np.where(gold["target_party"] == "Harbour Union", 2 - answer, answer)
    # when
    report = _judge(gold, old, predictions_of(gold, swapped))
    # then
    assert report.verdict == "fail"
    assert report.where[0] == "party=Harbour Union"
    assert report.reason.startswith("fail: first at party=Harbour Union −")


def test_the_most_certain_loss_comes_before_the_largest() -> None:
    # given a loss of a third in a small slice, and one of a quarter in a large one
    large = Check("slice", "large", "fail", difference=-0.25, interval=(-0.3, -0.2))
    small = Check("slice", "small", "fail", difference=-0.33, interval=(-0.6, -0.05))
    floor = Check("floor", "macro_f1 ≥ 0.9", "fail", difference=-0.4, interval=(-0.5, -0.3))
    sound = Check("class", "F1 of neutral", "pass", difference=0.0, interval=(-0.01, 0.01))
    # then, and floors stand last
    found = [check.name for check in failing([floor, small, sound, large])]
    assert found == ["large", "small", "macro_f1 ≥ 0.9"]


def test_says_first_where_the_target_is_ignored() -> None:
    # given a challenger that gives one answer to every target of a sentence: the commonest gold
    gold = simulated_gold()
    old, _ = simulated_rivals(gold, accuracy=0.85)
    sentence = gold["article_id"] + ":" + gold["sentence_index"].astype(str)
    codes = gold["label"].map(LABELS.index)
    common = codes.groupby(sentence).transform(lambda s: s.mode()[0]).to_numpy()
    kept = old["predicted"].map(LABELS.index).to_numpy()
    alone = gold.groupby(sentence)["target_party"].transform("nunique") == 1
    report = _judge(gold, old, predictions_of(gold, np.where(alone, kept, common)))
    # then
    assert report.verdict == "fail"
    assert report.where[0].startswith("stances in the sentence=")


def test_refuses_a_model_against_itself(gold: pd.DataFrame, predictions: pd.DataFrame) -> None:
    other = simulated_model(gold, seed=5)
    with pytest.raises(ComparisonRefused, match="the same artefact"):
        gate(gold, Side("b", [other], ["ab12"]), Side("a", [predictions], ["ab12"]))
    with pytest.raises(ComparisonRefused, match="the same model") as caught:
        gate(gold, Side("b", [predictions.sample(frac=1)]), Side("a", [predictions]))
    assert caught.value.exit_status == 3


def test_refuses_a_run_that_stands_twice(gold: pd.DataFrame, predictions: pd.DataFrame) -> None:
    first, second = (simulated_model(gold, seed=seed) for seed in (5, 6))
    with pytest.raises(ComparisonRefused, match="b: the same artefact stands twice"):
        gate(gold, Side("b", [first, first], ["ab", "ab"]), Side("a", [predictions]))
    with pytest.raises(ComparisonRefused, match="the same model"):
        gate(gold, Side("b", [first, second]), Side("a", [predictions, second]))
    with pytest.raises(ComparisonRefused, match="the same artefact"):
        gate(gold, Side("b", [first], ["ab"]), Side("a", [predictions, second], ["cd", "ab"]))


def test_refuses_another_test_set_than_on_record(
    gold: pd.DataFrame, predictions: pd.DataFrame
) -> None:
    record = fingerprint(gold)
    sides = Side("b", [simulated_model(gold, seed=5)]), Side("a", [predictions])
    settings = GateSettings(draws=200)
    shuffled = gold.sample(frac=1, random_state=1)
    assert gate(shuffled, *sides, settings, Facts(on_record=record)).test_set == record
    changed = gold.assign(label=[LABELS[0], *gold["label"][1:]])
    changed.loc[0, "label"] = "support" if gold["label"][0] != "support" else "neutral"
    with pytest.raises(ComparisonRefused, match="not the one on record"):
        gate(changed, *sides, settings, Facts(on_record=record))


def test_refuses_a_model_trained_on_test_articles(
    gold: pd.DataFrame, predictions: pd.DataFrame
) -> None:
    seen = Side("b", [simulated_model(gold, seed=5)], trained_on={"simulated:a1", "other:a2"})
    with pytest.raises(ComparisonRefused, match="trained on 1 of the test articles: a1"):
        gate(gold, seen, Side("a", [predictions]))


def test_refuses_pairs_that_do_not_line_up(gold: pd.DataFrame, predictions: pd.DataFrame) -> None:
    with pytest.raises(ComparisonRefused, match=r"^b: .*missing"):
        gate(gold, Side("b", [predictions.iloc[1:]]), Side("a", [predictions]))
    with pytest.raises(InputError, match="not a number"):
        gate(gold, Side("b", [predictions.assign(p_neutral=np.nan)]), None)


def test_declared_slices_that_cannot_be_judged_are_named() -> None:
    gold = simulated_gold()
    old, new = simulated_rivals(gold)
    found = {
        check.name: check
        for check in _judge(gold, old, new, slices=["tag=irony", "party=Oster Council"]).checks
    }
    assert found["tag=irony"].n == 0
    assert found["tag=irony"].verdict == "inconclusive"
    few = simulated_gold(200, 80)
    found = {c.name: c for c in _judge(few, *simulated_rivals(few), slices=["party"]).checks}
    assert found["party=Oster Council"].note == "too few pairs to judge"
    with pytest.raises(InputError, match="no kind of slice"):
        _judge(gold, old, new, slices=["partei"])


def test_a_required_slice_has_to_pass() -> None:
    gold = simulated_gold()
    old, new = simulated_rivals(gold, loss=-0.03)
    assert _judge(gold, old, new).verdict == "pass"
    demanding = _judge(gold, old, new, slices=["tag=irony"], required=["tag=irony"])
    assert demanding.verdict == "inconclusive"
    with pytest.raises(InputError, match="required F1 of suport is none of the checks"):
        _judge(gold, old, new, required=["F1 of suport"])


def test_floors_decide_where_there_is_no_champion(
    gold: pd.DataFrame, predictions: pd.DataFrame
) -> None:
    side = Side("first", [predictions])
    assert gate(gold, side, None).verdict == "pass"
    strict = GateSettings(floors={"macro_f1": 0.95, "pairs_per_second": 10})
    report = gate(gold, side, None, strict, Facts(measured={"pairs_per_second": 20}))
    assert report.verdict == "fail"
    assert report.where == ("macro_f1 ≥ 0.95",)
    assert "1 of 2 floors kept; fails at macro_f1 ≥ 0.95: measured 0." in report.reason
    unset = GateSettings(floors={"macro_f1": 0.1, "behaviour_pass_rate": None})
    assert len(gate(gold, side, None, unset).checks) == 1
    with pytest.raises(InputError, match="behaviour_pass_rate was not measured"):
        gate(gold, side, None, GateSettings(floors={"behaviour_pass_rate": 0.9}))


def test_lists_the_flips_losses_first() -> None:
    gold = simulated_gold()
    old, new = simulated_rivals(gold, loss=0.03)
    listed = _judge(gold, old, new).flips
    assert len(listed) == (old["predicted"] != new["predicted"]).sum()
    ranks = listed["outcome"].map({"lost": 0, "both wrong": 1, "won": 2})
    assert ranks.is_monotonic_increasing
    assert ranks.iloc[0] < ranks.iloc[-1]
    assert set(listed["pair_id"]) <= set(gold["pair_id"])


def test_the_report_is_json_and_repeatable() -> None:
    gold = simulated_gold(300, 100)
    old, new = simulated_rivals(gold)
    first, second = (_judge(gold, old, new, seed=3).to_dict() for _ in range(2))
    assert first == second == json.loads(json.dumps(first, allow_nan=False))


@pytest.mark.parametrize(
    "wrong",
    [
        {"alpha": 0},
        {"overall_share": 1},
        {"margin": -1},
        {"draws": 5},
        {"inconclusive": "maybe"},
        {"margin": "little"},
        {"draws": True},
    ],
)
def test_senseless_settings_are_named(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError, match=next(iter(wrong))):
        GateSettings(**wrong)  # type: ignore[arg-type]


def _verdicts(loss: float, trials: int) -> tuple[Counter[str], Counter[str]]:
    """Verdicts of the gate, and of its overall check, over so many simulated test sets."""
    whole, overall = Counter[str](), Counter[str]()
    for seed in range(trials):
        gold = simulated_gold(1100, 400, seed=seed)
        old, new = simulated_rivals(gold, loss=loss, flips=0.12, seed=10_000 + seed)
        report = _judge(gold, old, new, **STRICT, seed=seed)
        whole[report.verdict] += 1
        overall[report.checks[0].verdict] += 1
    return whole, overall


def test_equal_models_seldom_fail() -> None:
    whole, _ = _verdicts(0.0, 20)
    assert whole["fail"] <= 4  # 5 % expected: more than four have a chance of 0.3 %


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_equal_models_fail_at_the_nominal_rate_over_the_whole_family() -> None:
    whole, _ = _verdicts(0.0, 1000)
    assert whole["fail"] <= 65


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_loss_of_three_points_is_seen() -> None:
    whole, overall = _verdicts(0.03, 500)
    assert overall["fail"] >= 0.8 * 500
    assert whole["pass"] <= 0.05 * 500
