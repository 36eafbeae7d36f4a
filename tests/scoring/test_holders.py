from __future__ import annotations

import numpy as np
import pandas as pd

from stance.models.base import Answers
from stance.scoring.holders import settle_holders
from tests.conftest import HOLDER, SENTENCES, TARGET, pair

TEXT = SENTENCES[0][0]


def asked(*places: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame([pair(TEXT, party, None, article_id=name) for name, party in places])


def held(by: dict[int, int], count: int) -> Answers:
    answers = Answers.without_holders(np.zeros((count, 3)))
    for row, holder in by.items():
        answers.holder_kinds[row], answers.holder_rows[row] = "party", holder
    return answers


def test_a_holder_in_the_other_article_is_found_in_the_targets_own() -> None:
    pairs = asked(("one", TARGET), ("one", HOLDER), ("two", TARGET), ("two", HOLDER))
    answers = held({0: 3, 2: 3}, 4)

    settle_holders(pairs, answers)

    assert answers.holder_rows == [1, -1, 3, -1]
    assert answers.holder_kinds == ["party", None, "party", None]


def test_a_holder_that_is_no_party_of_the_own_article_is_unnamed() -> None:
    pairs = asked(("one", TARGET), ("two", TARGET), ("two", HOLDER))
    answers = held({0: 2, 1: 2}, 3)

    settle_holders(pairs, answers)

    assert answers.holder_rows == [-1, 2, -1]
    assert answers.holder_kinds == ["unnamed", "party", None]
