"""Our matrices against the libraries that people trust."""

from __future__ import annotations

import krippendorff
import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from stance.labeling.chance import alpha, coincidences, kappa, one_against_rest


def labelled(seed: int, annotators: int, missing: float) -> np.ndarray:
    """Codes of shape (annotators, units), NaN where one has not labelled."""
    rng = np.random.default_rng(seed)
    truth = rng.choice(4, 80, p=[0.5, 0.3, 0.15, 0.05])
    said = np.where(rng.random((annotators, 80)) < 0.7, truth, rng.integers(0, 4, (annotators, 80)))
    return np.where(rng.random(said.shape) < missing, np.nan, said)


def matrix(said: np.ndarray) -> np.ndarray:
    return coincidences(np.stack([(said == code).sum(0) for code in range(4)], 1).astype(float))


@pytest.mark.parametrize("annotators", [2, 3, 5])
@pytest.mark.parametrize("missing", [0.0, 0.4])
def test_alpha_is_krippendorffs(annotators: int, missing: float) -> None:
    for seed in range(5):
        said = labelled(seed, annotators, missing)
        expected = krippendorff.alpha(said, level_of_measurement="nominal")
        assert alpha(matrix(said).sum(0)) == pytest.approx(expected)


def test_alpha_of_one_label_against_the_rest() -> None:
    said = labelled(3, 3, 0.2)
    binary = np.where(np.isnan(said), np.nan, (said == 2).astype(float))
    expected = krippendorff.alpha(binary, level_of_measurement="nominal")
    assert alpha(one_against_rest(matrix(said).sum(0), 2)) == pytest.approx(expected)


def test_kappa_is_cohens() -> None:
    for seed in range(5):
        one, other = labelled(seed, 2, 0.0)
        counts = np.zeros((4, 4))
        np.add.at(counts, (one.astype(int), other.astype(int)), 1)
        assert kappa(counts) == pytest.approx(cohen_kappa_score(one, other))


def test_many_draws_at_once_and_what_is_not_defined() -> None:
    all_the_same = np.diag([10.0, 0.0])
    some = np.array([[4.0, 1.0], [1.0, 4.0]])
    found = alpha(np.stack([all_the_same, some]))
    assert np.isnan(found[0])
    assert found[1] == pytest.approx(alpha(some))
    assert np.isnan(kappa(np.zeros((2, 2))))
