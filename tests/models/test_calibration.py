from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stance.models.calibration import calibration_error, fit_temperature, fit_threshold, scale
from stance.schema.nouns import LABELS


def drawn(n: int, sharpness: float, seed: int = 1) -> tuple[np.ndarray, list[str]]:
    """Probabilities that are honest, and then sharpened; labels drawn from the honest ones."""
    rng = np.random.default_rng(seed)
    honest = rng.dirichlet([0.6, 0.8, 0.6], n)
    labels = [LABELS[rng.choice(3, p=row)] for row in honest]
    return scale(honest, 1 / sharpness), labels


def test_the_temperature_undoes_overconfidence() -> None:
    probabilities, labels = drawn(4000, sharpness=2.5)

    temperature = fit_temperature(probabilities, labels)

    assert temperature == pytest.approx(2.5, rel=0.1)
    after = calibration_error(scale(probabilities, temperature), labels)
    assert after < 0.03 < calibration_error(probabilities, labels)


def test_above_the_threshold_the_promised_share_is_right() -> None:
    probabilities, labels = drawn(4000, sharpness=1.0)

    threshold = fit_threshold(probabilities, labels, precision=0.8)

    kept = probabilities.max(axis=1) >= threshold
    right = np.array(LABELS)[probabilities.argmax(axis=1)] == np.array(labels)
    assert right[kept].mean() >= 0.8
    assert right.mean() < 0.8
    assert kept.mean() > 0.3


def test_a_model_good_enough_never_abstains() -> None:
    assert fit_threshold(np.eye(3), list(LABELS), precision=0.8) == 0.0


@given(st.floats(0.2, 5), st.integers(0, 50))
def test_scaling_keeps_the_answer_and_the_sum(temperature: float, seed: int) -> None:
    probabilities = np.random.default_rng(seed).dirichlet([1, 1, 1], 20)

    scaled = scale(probabilities, temperature)

    np.testing.assert_allclose(scaled.sum(axis=1), 1)
    np.testing.assert_array_equal(scaled.argmax(axis=1), probabilities.argmax(axis=1))
