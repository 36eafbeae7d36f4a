from __future__ import annotations

import pandas as pd

from stance.labeling.silver import label_articles, label_rows
from stance.labeling.votes import Vote
from stance.parties.matcher import Matcher
from stance.parties.registry import load_registry
from stance.schema.nouns import Article
from stance.schema.table import PAIRS, VOTES, pair_faults, to_arrow
from tests.conftest import pair


class Scripted:
    """Says what it is told to say."""

    kind, name, default = "script", "script:1", None

    def __init__(self, *said: list[Vote]) -> None:
        self.said = list(said)

    def votes(self, X: pd.DataFrame) -> list[list[Vote]]:
        return self.said


def test_each_verdict_becomes_a_row_that_keeps_the_tables_contract() -> None:
    rows = [pair(f"{name} spoke.", name, None) for name in ("Tarn", "Orlev", "Dace", "Moss")]

    pairs, votes = label_rows(
        rows,
        Scripted(
            [Vote("", "support", 1, "praised")],
            [Vote("", "mixed", None, "")],
            [Vote("", "abstain", None, "no JSON")],
            [],
        ),
    )

    assert [p["label"] for p in pairs] == ["support", "support", None, None, None]
    assert [p["holder_party"] for p in pairs] == [None, "Orlev", None, None, None]
    assert [(p["mixed"], p["unclear"]) for p in pairs[2:]] == [
        (True, False),
        (False, True),
        (False, True),
    ]
    assert [p["annotator"] for p in pairs[2:]] == ["script:1", "script:1:none", "script:1:none"]
    assert [v["label"] for v in votes] == ["support", "mixed", "abstain"]
    assert votes[0]["kind"] == "script"
    # The holder's spans lie in its own window here, so that the holder's words are left alone.
    assert not [f for p in pairs if p["holder_party"] is None for f in pair_faults(p)]
    assert to_arrow(pairs, PAIRS).num_rows == 5
    assert to_arrow(votes, VOTES).num_rows == 3


def test_articles_go_through_in_parts_and_holders_stay_in_their_own() -> None:
    from stance.labeling.model import RulesModel

    articles = [Article(f"a{i}", "Tarn praised Orlev. It rained.") for i in range(130)]

    pairs, votes = label_articles(articles, Matcher(load_registry(["Tarn", "Orlev"])), RulesModel())

    held = pairs[pairs["holder_kind"] == "party"]
    assert len(pairs) == 130 * 3
    assert set(held["holder"]) == {"Tarn"}
    assert all(row["pair_id"].startswith(row["article_id"]) for _, row in held.iterrows())
    assert (votes["kind"] == "rules").all()
