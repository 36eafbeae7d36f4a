from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from stance.labeling.people.assigning import assign
from stance.schema.nouns import InputError
from tests.conftest import pair

NAMES = ["ann", "ben", "cho"]


def table(sentences: int) -> pd.DataFrame:
    return pd.DataFrame(
        pair(f"Tarn met Orlev {n}.", name, None, article_id=f"a{n}")
        for n in range(sentences)
        for name in ("Tarn", "Orlev")[: 1 + n % 2]
    )


@pytest.mark.parametrize(("overlap", "each"), [(0.2, 2), (0.5, 3), (1.0, 2), (0.0, 2)])
def test_a_share_goes_to_several_and_everything_to_somebody(overlap: float, each: int) -> None:
    pairs = table(200)

    parts = assign(pairs, NAMES, overlap, each, seed=7)

    times = Counter(name for part in parts.values() for name in part["pair_id"])
    assert set(times) == set(pairs["pair_id"])
    assert set(times.values()) <= {1, each}
    share = sum(n == each for n in times.values()) / len(pairs)
    assert share == pytest.approx(overlap, abs=0.01)
    sizes = [len(part) for part in parts.values()]
    assert max(sizes) - min(sizes) <= 2


def test_a_sentence_stays_whole_and_the_order_is_kept() -> None:
    pairs = table(60)
    parts = assign(pairs, NAMES, 0.3, 2, seed=1)
    for part in parts.values():
        assert list(part.index) == sorted(part.index)
        for article, group in part.groupby("article_id"):
            assert len(group) == (pairs["article_id"] == article).sum()


def test_the_seed_decides() -> None:
    first, again, other = (assign(table(60), NAMES, 0.3, 2, seed) for seed in (1, 1, 2))
    assert all(first[name].equals(again[name]) for name in NAMES)
    assert not all(first[name].equals(other[name]) for name in NAMES)


@pytest.mark.parametrize(
    ("names", "overlap", "each"),
    [(["ann"], 0.5, 2), (NAMES, 0.5, 4), (NAMES, 1.5, 2), ([], 0.1, 2), (["a", "a"], 0, 2)],
)
def test_what_cannot_be_is_refused(names: list[str], overlap: float, each: int) -> None:
    with pytest.raises(InputError):
        assign(table(3), names, overlap, each, seed=1)
