from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stance.labeling.queue.mixing import mixed
from stance.schema.nouns import InputError

#: Two alike, one other, one opposite.
FEATURES = np.array([[1.0, 0.0], [1.0, 0.01], [0.0, 1.0], [-1.0, 0.0]])
SIGNALS = pd.DataFrame({"uncertainty": [0.9, 0.8, 0.1, 0.0], "balance": [0.0, 0.0, 0.0, 1.0]})


def order(weights: dict[str, float], known: np.ndarray | None = None, size: int = 4) -> list[int]:
    return list(mixed(SIGNALS, weights, FEATURES, known, size=size)["row"])


def test_one_signal_alone_sorts_by_it() -> None:
    assert order({"uncertainty": 1.0}) == [0, 1, 2, 3]
    assert order({"uncertainty": 1.0, "balance": 2.0}, size=2) == [3, 0]


def test_diversity_puts_the_like_of_a_chosen_one_last() -> None:
    assert order({"uncertainty": 1.0, "diversity": 3.0}) == [0, 3, 2, 1]


def test_what_is_like_the_labelled_waits() -> None:
    assert order({"diversity": 1.0}, known=FEATURES[:1], size=2) == [3, 2]


def test_rows_carry_what_each_signal_gave_and_a_score_up_to_one() -> None:
    found = mixed(SIGNALS, {"uncertainty": 1.0, "diversity": 1.0}, FEATURES, size=2)
    assert found.columns.tolist() == ["row", "uncertainty", "balance", "diversity", "score"]
    assert found.loc[0].tolist() == pytest.approx([0, 0.9, 0, 1, 0.95])
    assert found.loc[1, "diversity"] == pytest.approx(1)


def test_a_mix_of_nothing_or_of_what_is_not_there_is_named() -> None:
    with pytest.raises(InputError, match=r"weights.surprise: no such signal; there are uncert"):
        order({"surprise": 1.0})
    for weights in ({"uncertainty": 0.0}, {"uncertainty": 2.0, "balance": -1.0}):
        with pytest.raises(InputError, match="weights: none may be below 0"):
            order(weights)


def test_nothing_to_ask_is_an_empty_queue() -> None:
    assert mixed(SIGNALS.head(0), {"diversity": 1.0}, np.zeros((0, 2)), size=5).empty
