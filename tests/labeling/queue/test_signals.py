from __future__ import annotations

import numpy as np
import pytest

from stance.labeling.queue.signals import conflict, rarity, uncertainty
from stance.labeling.votes import Vote
from stance.schema.nouns import InputError

SURE, TORN, LOST = [0.0, 1.0, 0.0], [0.5, 0.5, 0.0], [1 / 3, 1 / 3, 1 / 3]


def test_two_likely_labels_are_as_unsure_as_can_be_by_margin_three_by_entropy() -> None:
    chances = np.array([SURE, TORN, LOST])

    assert uncertainty(chances).tolist() == [0, 1, 1]
    assert uncertainty(chances, "entropy") == pytest.approx([0, np.log(2) / np.log(3), 1], abs=1e-9)
    with pytest.raises(InputError, match="margin, entropy"):
        uncertainty(chances, "guess")


def test_what_few_labels_are_of_is_rare() -> None:
    chances = np.eye(3)
    labels = ["neutral"] * 10 + ["opposition"] * 5
    assert rarity(chances, labels) == pytest.approx([0.5, 0, 1])


def test_without_labels_the_rare_is_what_the_model_predicts_seldom() -> None:
    chances = np.array([SURE] * 9 + [[0.0, 0.0, 1.0]])
    found = rarity(chances, [])
    assert found[-1] == pytest.approx(1 - 1 / 9)
    assert found[0] == 0


def test_rules_contradict_the_model_as_far_as_both_are_sure() -> None:
    chances = np.array([[0.1, 0.1, 0.8]] * 4)
    votes = [
        [Vote("verb", "opposition", None, "denounced", confidence=0.9)],
        [Vote("verb", "support", None, "praised", confidence=0.9)],
        [],
        [Vote("x", "unclear", None, "")],
    ]
    assert conflict(chances, votes) == pytest.approx([0.81, 0.18, 0, 0])
