"""The error rate holds for the family, and nothing is given away."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance.evaluation.family import adjusted, critical, levels, step_down


def _draws(draws: int = 4000, checks: int = 12, seed: int = 0) -> np.ndarray:
    """Joint draws of overlapping checks on different scales."""
    rng = np.random.default_rng(seed)
    common = rng.standard_normal((draws, 1))
    return (0.6 * common + 0.8 * rng.standard_normal((draws, checks))) * np.linspace(1, 5, checks)


def test_equal_models_are_rejected_at_the_nominal_rate() -> None:
    # given 400 families of equal checks
    null = _draws()
    rejected = [(adjusted(row, null, 0.8) <= 0.05).any() for row in _draws(400, seed=1)]
    # then 5 %, give or take three standard errors
    assert 0.017 < np.mean(rejected) < 0.083


def test_one_bad_check_is_found_among_many() -> None:
    null = _draws()
    seen = np.zeros(12)
    seen[5] = -6 * null[:, 5].std()
    found = adjusted(seen, null, 0.8)
    assert found.argmin() == 5
    assert found[5] < 0.01
    assert found[0] > 0.2


def test_a_rejected_first_check_leaves_its_share_to_the_guards() -> None:
    # given a guard that is a little too weak for its own share
    null = _draws()
    seen = np.zeros(12)
    seen[3] = -2.9 * null[:, 3].std()
    alone = adjusted(seen, null, 0.8)[3]
    # when the first check fails as well
    seen[0] = -6 * null[:, 0].std()
    together = adjusted(seen, null, 0.8)[3]
    # then
    assert together < alone


def test_a_check_without_spread_cannot_fail() -> None:
    null = _draws()
    null[:, 4] = 0
    assert step_down(np.zeros(12), null)[4] > 0.5
    assert np.isfinite(critical(null, 0.05))


def test_levels_give_back_what_overlap_leaves_unused() -> None:
    first, rest = levels(_draws(), 0.8, 0.05)
    assert 0.04 <= first <= 0.05
    assert 0.01 <= rest <= 0.02


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-4, 4), min_size=6, max_size=6), st.floats(0.1, 0.9))
def test_adjusted_is_never_below_the_plain_p_value(seen: list[float], share: float) -> None:
    null = _draws(500, 6)
    observed = np.asarray(seen) * null.std(axis=0)
    plain = ((null <= observed).sum(axis=0) + 1) / 501
    found = adjusted(observed, null, share)
    assert (found >= plain - 1e-9).all()
    assert (found <= 1 + 1e-9).all()


def test_a_stronger_check_has_no_larger_p_value() -> None:
    null = _draws()
    found = step_down(null[7], null)
    order = np.argsort(null[7] / null.std(axis=0))
    assert (np.diff(found[order]) >= 0).all()
    assert found.max() == pytest.approx(found[order[-1]])
