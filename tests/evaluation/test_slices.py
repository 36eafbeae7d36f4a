"""Every slice is shown; the small ones with a flag."""

from __future__ import annotations

import numpy as np
import pandas as pd

from stance.evaluation.align import clusters
from stance.evaluation.simulate import simulated_gold
from stance.evaluation.slices import is_small, slices


def test_slices_of_every_kind() -> None:
    # given
    gold = simulated_gold(200, 60)
    articles = pd.DataFrame(
        {"article_id": [f"a{k}" for k in range(60)], "source": ["wire", ""] * 30}
    )
    # when
    found = slices(gold, articles=articles, known_parties=["Norland"])
    # then
    kinds = {kind for kind, _ in found}
    assert kinds == {
        "party",
        "label",
        "tag",
        "parties in the sentence",
        "stances in the sentence",
        "length",
        "source",
        "party seen in training",
    }
    for kind in ("party", "label", "source", "length", "party seen in training"):
        masks = [mask for (name, _), mask in found.items() if name == kind]
        assert (np.sum(masks, axis=0) == 1).all(), kind
    assert found["source", "unknown"].sum() + found["source", "wire"].sum() == 200


def test_conflicting_stances_are_those_of_one_sentence() -> None:
    # given two sentences, the first for one party and against the other
    gold = simulated_gold(4, 1)
    gold["article_id"], gold["sentence_index"] = "a", [0, 0, 1, 1]
    gold["target_party"] = ["Norland", "Estmark"] * 2
    gold["label"] = ["support", "opposition", "support", "neutral"]
    # when
    found = slices(gold)
    # then
    assert found["stances in the sentence", "conflicting"].tolist() == [True, True, False, False]
    assert found["stances in the sentence", "different"].all()
    assert found["parties in the sentence", "several"].all()


def test_small_means_few_pairs_or_few_articles() -> None:
    gold = simulated_gold(400, 100)
    article = clusters(gold)
    everything = np.ones(400, bool)
    assert not is_small(everything, article)
    assert is_small(np.arange(400) < 20, article)
    assert is_small(article < 5, article)
