from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from stance.labeling.quality import gold_rows, measure, rule_table, same_holder
from stance.labeling.votes import Vote
from stance.schema.nouns import Span
from tests.conftest import pair

TEXT = "Mrs. Orlev praised Count Dace."


def vote(label: str, holder: Any = None, rule: str = "verb") -> Vote:
    return Vote(rule, label, holder, "")  # type: ignore[arg-type]


def corpus() -> pd.DataFrame:
    """Three targets; Orlev is for the first, nobody known against the second."""
    rows = [
        pair(TEXT, "Count Dace", "support", article_id="a"),
        pair(TEXT, "Count Dace", "support", article_id="a", holder="Mrs. Orlev"),
        pair(TEXT, "Count Dace", "opposition", article_id="b"),
        pair(TEXT, "Count Dace", "neutral", article_id="c"),
        pair(TEXT, "Count Dace", None, article_id="d"),
    ]
    rows[1]["holder_kind"] = "party"
    return pd.DataFrame(rows)


def test_precision_recall_and_holders_are_counted() -> None:
    pairs = corpus()
    rows = gold_rows(pairs)
    said = [[vote("support", Span(5, 10))], [vote("neutral")], [vote("support", "unnamed")]]

    found = measure(pairs, rows, said)

    assert found.pairs == 3
    assert (found.precision.right, found.precision.total) == (1, 2)
    assert (found.support.right, found.support.total) == (1, 2)
    assert found.opposition.total == 0
    assert (found.recall.right, found.recall.total) == (1, 2)
    assert (found.holder.right, found.holder.total) == (1, 1)
    assert (found.named.right, found.named.total) == (1, 1)
    assert str(found.opposition) == "-"


def test_in_directed_rows_a_stance_counts_for_its_holder_alone() -> None:
    rows = corpus().iloc[[1]].reset_index(drop=True)

    right = measure(rows, rows, [[vote("support", Span(0, 10))]])
    another = measure(rows, rows, [[vote("support", "unnamed")]])

    assert right.recall.value == 1
    assert another.recall.value == 0
    assert another.precision.total == 0


@pytest.mark.parametrize(
    ("holder", "same"),
    [
        (Span(0, 10), True),
        (Span(5, 10), True),
        (Span(19, 29), False),
        ("unnamed", False),
        (None, False),
    ],
)
def test_holders_are_the_same_where_kind_and_name_agree(holder: Any, same: bool) -> None:
    rows = corpus()
    gold = rows.to_dict("records")[1]

    assert same_holder(vote("support", holder), gold, gold, rows) is same


def test_the_table_per_rule_counts_overlap_conflict_and_accuracy() -> None:
    votes = pd.DataFrame(
        [
            ("p1", "verb", "support"),
            ("p1", "noun", "support"),
            ("p2", "verb", "opposition"),
            ("p2", "noun", "support"),
            ("p3", "verb", "support"),
        ],
        columns=["pair_id", "rule", "label"],
    )

    table = rule_table(votes, 10, {"p1": "support", "p2": "opposition"}).set_index("rule")

    assert table.loc["verb", "votes"] == 3
    assert table.loc["verb", "coverage"] == pytest.approx(0.3)
    assert table.loc["verb", "overlap"] == pytest.approx(2 / 3)
    assert table.loc["verb", "conflict"] == pytest.approx(1 / 3)
    assert table.loc["verb", "accuracy"] == 1
    assert table.loc["noun", "accuracy"] == pytest.approx(0.5)
    assert rule_table(votes, 10)["accuracy"].isna().all()
    assert rule_table(votes.head(0), 10).empty
