"""The calibration error has no chance part, and finds a real one."""

from __future__ import annotations

import numpy as np
import pytest

from stance.evaluation import calibration
from stance.evaluation.align import Aligned, align
from stance.evaluation.simulate import predictions_of, simulated_gold
from stance.schema.nouns import LABELS


def _model(offset: float, pairs: int = 4000, seed: int = 0) -> Aligned:
    """A model whose confidence is above its accuracy by ``offset``."""
    gold = simulated_gold(pairs, pairs // 3, seed=seed)
    rng = np.random.default_rng(seed)
    sure = rng.uniform(0.5, 0.95, pairs)
    truth = gold["label"].map(LABELS.index).to_numpy()
    answer = np.where(rng.random(pairs) < sure - offset, truth, (truth + 1) % 3)
    return align(gold, predictions_of(gold, answer, sure))


def _error(aligned: Aligned) -> float:
    sums = calibration.bin_columns(aligned).sum(axis=0)
    return float(calibration.calibration_squared(sums))


def test_overconfidence_is_found() -> None:
    assert calibration.root(np.asarray(_error(_model(0.15)))) == pytest.approx(0.15, abs=0.02)


def test_the_squared_error_of_a_calibrated_model_is_nothing_on_average() -> None:
    found = [_error(_model(0.0, pairs=340, seed=seed)) for seed in range(60)]
    assert abs(np.mean(found)) < 3 * np.std(found) / np.sqrt(len(found))


def test_bins_are_equally_filled_and_leave_out_what_has_no_answer() -> None:
    aligned = _model(0.0)
    aligned.answer[:7] = 3
    bins = calibration.bins(aligned)
    assert (bins[:7] == -1).all()
    sizes = np.bincount(bins[7:])
    assert len(sizes) == calibration.BINS
    assert sizes.min() > 0.9 * sizes.max()


def test_thresholds_fall_and_keep_their_share() -> None:
    aligned = _model(0.0)
    lines = calibration.thresholds(aligned)
    assert (np.diff(lines) < 0).all()
    kept = (aligned.confidence[:, None] >= lines).mean(axis=0)
    assert kept == pytest.approx(calibration.COVERAGES, abs=0.01)
