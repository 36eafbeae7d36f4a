from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from stance.labeling.opinions import opinions, read_votes
from stance.schema.nouns import InputError
from stance.schema.table import VOTES, write_table


def vote(annotator: str, label: str, pair: str = "p", **more: object) -> dict[str, object]:
    kind = "rules" if annotator == "rules" else "person"
    nobody = {"holder_kind": None, "holder": None, "holder_party": None, "holder_spans": []}
    named = {
        "pair_id": pair,
        "annotator": annotator,
        "kind": kind,
        "label": label,
        "confidence": None,
    }
    return nobody | named | more


@pytest.mark.parametrize(
    ("labels", "one"),
    [
        (["support"], "support"),
        (["support", "support", "opposition"], "support"),
        (["neutral", "neutral", "support"], "support"),
        (["neutral", "abstain"], "neutral"),
        (["support", "opposition"], "mixed"),
    ],
)
def test_an_annotators_votes_become_one_word(labels: list[str], one: str) -> None:
    found = opinions(pd.DataFrame([vote("rules", label) for label in labels]))
    assert list(found["label"]) == [one]


def test_confidence_weighs_more_than_number() -> None:
    votes = [vote("rules", "support", confidence=0.9)]
    votes += [vote("rules", "opposition", confidence=0.4) for _ in range(2)]
    assert list(opinions(pd.DataFrame(votes))["label"]) == ["support"]


def test_who_only_abstains_says_nothing() -> None:
    votes = pd.DataFrame([vote("rules", "abstain"), vote("ann", "neutral")])
    assert list(opinions(votes)["annotator"]) == ["ann"]


def test_a_vote_in_two_files_counts_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_table([vote("ann", "neutral"), vote(name, "support")], tmp_path / name, VOTES)
    votes = read_votes([tmp_path / "a", tmp_path / "b"])
    assert sorted(votes["annotator"]) == ["a", "ann", "b"]

    write_table([vote("ann", "love")], tmp_path / "c", VOTES)
    with pytest.raises(InputError, match="'love' is none of"):
        read_votes([tmp_path / "c"])
