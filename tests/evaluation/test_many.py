"""Models stand beside the floors."""

from __future__ import annotations

import numpy as np
import pytest

from stance.evaluation.many import evaluate_many
from stance.evaluation.simulate import predictions_of, simulated_gold, simulated_model


def test_shows_what_is_gained_over_each_floor() -> None:
    # given
    gold = simulated_gold(600, 200)
    majority = predictions_of(gold, np.ones(len(gold), dtype=np.int64))
    models = {
        "span": simulated_model(gold, 0.85),
        "majority": majority,
        "tfidf_blind": simulated_model(gold, 0.7, seed=4),
    }
    # when
    found = evaluate_many(gold, models, draws=300)
    # then
    assert set(found["models"]) == set(models)
    gains = found["gains"]["span"]
    expected = found["models"]["span"]["macro_f1"] - found["models"]["tfidf_blind"]["macro_f1"]
    assert gains["tfidf_blind"]["macro_f1"] == pytest.approx(expected, abs=1e-5)
    low, high = gains["tfidf_blind"]["interval"]
    assert 0 < low < expected < high
    assert set(found["gains"]["majority"]) == {"tfidf_blind"}
