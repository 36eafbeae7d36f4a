from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stance.labeling.agreement import agreement, disagreements, holder_agreement
from stance.schema.nouns import InputError
from tests.conftest import pair
from tests.labeling.test_opinions import vote


def crowd(seed: int = 0, articles: int = 40) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Three annotators over sentences of many articles; the third is careless."""
    rng = np.random.default_rng(seed)
    pairs = pd.DataFrame(
        pair("Tarn met Orlev.", name, None, article_id=f"a{n}", sentence_index=i)
        for n in range(articles)
        for i in range(3)
        for name in ("Tarn", "Orlev")
    )
    labels = np.array(["opposition", "neutral", "support"])
    truth = rng.choice(3, len(pairs), p=[0.3, 0.6, 0.1])
    votes = []
    for name, care in (("ann", 0.95), ("ben", 0.9), ("cho", 0.5)):
        said = np.where(rng.random(len(pairs)) < care, truth, rng.integers(0, 3, len(pairs)))
        votes += [
            vote(name, label, p) for p, label in zip(pairs["pair_id"], labels[said], strict=True)
        ]
    return pd.DataFrame(votes), pairs


def test_agreement_overall_by_class_party_and_two_by_two() -> None:
    votes, pairs = crowd()

    found = agreement(votes, pairs, draws=300)

    assert found["n"] == len(pairs)
    low, high = found["interval"]
    assert low < found["alpha"] < high
    assert set(found["per_class"]) == {"opposition", "neutral", "support"}
    assert set(found["per_party"]) == {"Tarn", "Orlev"}
    assert sum(part["n"] for part in found["per_party"].values()) == len(pairs)
    kappas = {tuple(p["annotators"]): p["kappa"] for p in found["per_annotator_pair"]}
    assert max(kappas, key=kappas.__getitem__) == ("ann", "ben")
    for part in (*found["per_party"].values(), *found["per_annotator_pair"]):
        assert part["interval"][0] < part["interval"][1]


@pytest.mark.slow
def test_intervals_cover_what_would_be_found_on_other_articles() -> None:
    """The interval of one sample holds the figure of a much larger one nineteen times in twenty."""
    truth = agreement(*crowd(99, articles=3000), draws=2)["alpha"]
    inside = 0
    for seed in range(60):
        low, high = agreement(*crowd(seed, articles=30), draws=200)["interval"]
        inside += low <= truth <= high
    assert inside >= 52


def test_articles_are_drawn_whole() -> None:
    """Ten copies of each pair in its article tell no more than one."""
    votes, pairs = crowd()
    copies = [
        (
            votes.assign(pair_id=votes["pair_id"] + f"#{k}"),
            pairs.assign(pair_id=pairs["pair_id"] + f"#{k}"),
        )
        for k in range(10)
    ]
    many = agreement(pd.concat(v for v, _ in copies), pd.concat(p for _, p in copies), draws=300)
    once = agreement(votes, pairs, draws=300)
    widths = [found["interval"][1] - found["interval"][0] for found in (many, once)]
    assert widths[0] == pytest.approx(widths[1], rel=0.1)


def test_small_parties_are_counted_together() -> None:
    rows = [
        pair("Tarn spoke.", "Tarn", None, article_id=f"a{n}", target_party=f"p{n}")
        for n in range(8)
    ]
    pairs = pd.DataFrame(rows)
    votes = pd.DataFrame(
        vote(name, "neutral" if n % 2 else "support", row["pair_id"])
        for n, row in enumerate(rows)
        for name in ("ann", "ben")
    )
    found = agreement(votes, pairs, draws=20)
    assert found["alpha"] == 1
    assert found["per_party"] == {"(others)": found["per_party"]["(others)"]}


def test_what_is_not_defined_is_none() -> None:
    pairs = pd.DataFrame([pair("Tarn spoke.", "Tarn", None)])
    same = pd.DataFrame([vote(n, "neutral", pairs["pair_id"][0]) for n in ("ann", "ben")])
    found = agreement(same, pairs)
    assert (found["alpha"], found["interval"], found["agreed"]) == (None, [None, None], 1.0)
    with pytest.raises(InputError, match="no pair has labels of two"):
        agreement(same.head(1), pairs)


def test_disagreements_begin_with_the_worst() -> None:
    text = "It rained. Tarn met Orlev."
    rows = [pair(text, "Tarn", None, article_id=f"a{n}", sentence_start=11) for n in range(3)]
    said = (("neutral", "support"), ("support", "opposition"), ("neutral", "neutral"))
    votes = pd.DataFrame(
        vote(name, label, row["pair_id"])
        for row, labels in zip(rows, said, strict=True)
        for name, label in zip(("ann", "ben"), labels, strict=True)
    )
    found = disagreements(votes, pd.DataFrame(rows))
    assert list(found["article_id"]) == ["a1", "a0"]
    assert list(found["sentence"]) == ["Tarn met Orlev."] * 2
    assert list(found.columns[-2:]) == ["ann", "ben"]
    assert found.loc[0, ["ann", "ben"]].tolist() == ["support", "opposition"]


def test_holders_are_compared_where_the_stance_is_the_same() -> None:
    held = [
        vote("ann", "support", "p", holder_kind="party", holder_party="Tarn"),
        vote("ben", "support", "p", holder_kind="party", holder_party="Tarn"),
        vote("ann", "support", "q", holder_kind="party", holder_party="Tarn"),
        vote("ben", "support", "q", holder_kind="unnamed", holder_party=None),
        vote("ann", "support", "r", holder_kind="author", holder_party=None),
        vote("ben", "opposition", "r", holder_kind="author", holder_party=None),
    ]
    assert holder_agreement(pd.DataFrame(held)) == {"n": 2, "agreed": 0.5}
