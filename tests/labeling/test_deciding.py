from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stance.labeling import deciding
from stance.labeling.deciding import METHODS, majority


def crowd(careful: int, careless: int, seed: int = 0) -> tuple[pd.DataFrame, pd.Series]:
    """Votes of annotators that know, and of more that always say the same."""
    rng = np.random.default_rng(seed)
    labels = np.array(["neutral", "opposition", "support"])
    truth = pd.Series(labels[rng.choice(3, 200, p=[0.5, 0.3, 0.2])], index=range(200))
    votes = []
    for worker in range(careful + careless):
        knows = rng.random(200) < (0.9 if worker < careful else 0.1)
        said = np.where(knows, truth, "support" if worker >= careful else rng.choice(labels, 200))
        votes += [{"task": t, "worker": f"w{worker}", "label": s} for t, s in enumerate(said)]
    return pd.DataFrame(votes), truth


def test_majority_counts_and_a_tie_is_nobodys() -> None:
    votes = pd.DataFrame(
        [
            ("a", "x", "support"),
            ("a", "y", "support"),
            ("a", "z", "neutral"),
            ("b", "x", "support"),
            ("b", "y", "neutral"),
        ],
        columns=["task", "worker", "label"],
    )
    found = majority(votes)
    assert found.loc["a"].tolist() == ["support", pytest.approx(2 / 3)]
    assert found.loc["b", "label"] is None


@pytest.mark.parametrize("method", METHODS)
def test_every_method_finds_what_most_know(method: str) -> None:
    votes, truth = crowd(careful=4, careless=1)
    found = METHODS[method](votes)
    assert (found["label"] == truth).mean() > 0.95
    assert found["confidence"].between(0, 1 + 1e-9).all()


@pytest.mark.parametrize("method", METHODS)
def test_the_same_votes_are_decided_alike(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "ITERATIONS", 5)
    votes, _ = crowd(careful=2, careless=1)
    votes = votes[votes["task"] < 20]
    assert METHODS[method](votes, 3).equals(METHODS[method](votes, 3))


@pytest.mark.parametrize("method", ["dawid_skene", "mace"])
def test_learning_whom_to_trust_beats_counting_heads_in_whatever_order(method: str) -> None:
    votes, truth = crowd(careful=3, careless=4)
    votes = votes.sample(frac=1.0, random_state=1)
    right = {
        name: (METHODS[name](votes)["label"].reindex(truth.index) == truth).mean()
        for name in (method, "majority")
    }
    assert right[method] > right["majority"] + 0.1
