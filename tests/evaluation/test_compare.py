"""Differences, their noise, and what a test set could have seen."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from stance.evaluation.align import Aligned, align
from stance.evaluation.compare import contrast, detectable, mcnemar, pairs_needed
from stance.evaluation.simulate import simulated_gold, simulated_model, simulated_rivals


def _rivals(loss: float, seed: int = 0, pairs: int = 1100) -> tuple[Aligned, Aligned]:
    gold = simulated_gold(pairs, pairs * 4 // 11, seed=seed)
    old, new = simulated_rivals(gold, loss=loss, seed=seed + 500)
    return align(gold, old), align(gold, new)


def test_the_difference_is_that_of_the_figures() -> None:
    # given
    old, new = _rivals(0.05)
    half = np.arange(old.n) % 2 == 0
    # when
    found = contrast([old], [new], [half], draws=300, seed=1)
    # then
    assert found.champion[4] == pytest.approx(old.correct[half].mean())
    assert found.difference[4] == pytest.approx(new.correct[half].mean() - old.correct[half].mean())
    low, high = found.interval(0.05)
    assert (low <= found.difference).all()
    assert (found.difference <= high).all()


def test_both_noises_agree_where_articles_are_many() -> None:
    found = contrast(*([side] for side in _rivals(0.0, pairs=4000)), draws=2000, seed=1)
    assert found.null.std(axis=0) == pytest.approx(found.error, rel=0.1)


def test_the_noise_matches_what_happens_over_many_test_sets() -> None:
    # given the differences on 80 test sets
    seen, errors = [], []
    for seed in range(80):
        old, new = _rivals(0.0, seed, pairs=400)
        found = contrast([old], [new], draws=200, seed=seed)
        seen.append(found.difference[0])
        errors.append(found.error[0])
    # then their spread is what one test set says it is
    assert np.mean(errors) == pytest.approx(np.std(seen), rel=0.25)


def test_seed_to_seed_spread_is_noise_when_both_sides_have_it() -> None:
    # given two recipes with three seeds each, whose seeds differ much more than articles do
    gold = simulated_gold(3000, 1000)
    runs = [align(gold, simulated_model(gold, a, seed=k)) for k, a in enumerate([0.7, 0.8, 0.9])]
    others = [
        align(gold, simulated_model(gold, a, seed=9 + k)) for k, a in enumerate([0.6, 0.7, 0.8])
    ]
    # when
    one = contrast(runs[:1], others[:1], draws=2000, seed=0)
    three = contrast(runs, others, draws=2000, seed=0)
    # then
    assert one.p_worse()[0] < 0.01
    assert three.p_worse()[0] > 0.05
    assert three.error[0] > 3 * one.error[0]


def test_mcnemar_counts_what_was_lost_and_won() -> None:
    old, new = _rivals(0.05)
    found = mcnemar(old, new)
    assert found["lost"] - found["won"] == old.correct.sum() - new.correct.sum()
    assert found["p"] < 0.05
    assert mcnemar(old, old) == {"lost": 0, "won": 0, "p": 1.0}


def test_detectable_losses_are_detected_four_times_in_five() -> None:
    loss = detectable(0.01, 1.645)
    assert norm.cdf(-1.645 + loss / 0.01) == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("difference", "margin", "decides"), [(0.0, 0.02, True), (-0.01, 0.0, True), (0.0, 0.0, False)]
)
def test_more_pairs_decide_unless_the_difference_is_on_the_line(
    difference: float, margin: float, decides: bool
) -> None:
    n = pairs_needed(1000, difference, 0.015, margin, 0.05)
    assert (n is not None) == decides
    if n is not None:
        # the error shrinks with the root of the pairs: there the test has its power
        error = 0.015 * np.sqrt(1000 / n)
        distance = min(abs(x) for x in (difference, difference + margin) if x)
        assert distance / error == pytest.approx(1.645 + 0.842, rel=0.01)


def test_a_class_that_nobody_names_is_no_figure() -> None:
    gold = simulated_gold(200, 80, shares=(0.5, 0.5, 0.0))
    old, new = simulated_model(gold, 1.0), simulated_model(gold, 1.0)
    found = contrast([align(gold, old)], [align(gold, new)], draws=100, seed=0)
    assert np.isnan(found.difference[3])
