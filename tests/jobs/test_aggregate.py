"""Rules and a stand-in language model, people over both, one label each; agreement beside."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from stance.schema.table import VOTES, read_table, violations
from tests.labeling.llm.standin import serving

TEXT = "Tarn denounced Orlev on Monday. Orlev praised Tarn at noon. Tarn met Orlev. Tarn slept."


@pytest.fixture
def labelled(workplace: Path, run_job) -> None:
    """Two articles labelled by rules, by a language model, and half of them by two people."""
    for name in ("a", "b"):
        Path("news").mkdir(exist_ok=True)
        Path(f"news/{name}.txt").write_text(TEXT, encoding="utf-8")
    words = ("label", "input=news", "parties=[Tarn,Orlev]")
    assert run_job(*words, "output=rules.parquet")[0] == 0
    with serving() as server:
        llm = ("labeler=llm", "labeler.model.model=tiny", f"labeler.model.base_url={server.url}")
        status, said = run_job(*words, *llm, "output=llm.parquet")
        assert status == 0, said
    settings = ("annotators=[ann,ben]", "overlap=1.0", "limit=7", "output=t.csv")
    assert run_job("annotate", "export", "rules.parquet", *settings)[0] == 0
    for name, label in (("ann", "opposition"), ("ben", "opposition")):
        frame = pd.read_csv(f"t-{name}.csv", keep_default_na=False, encoding="utf-8-sig")
        frame["label"] = label
        if name == "ben":
            frame.loc[0, "label"] = "support"
        frame.to_csv(f"t-{name}.csv", index=False)
        status, said = run_job(
            "annotate",
            "import",
            f"t-{name}.csv",
            "pairs=rules.parquet",
            "output=people.votes.parquet",
        )
        assert status == 0, said


def test_agreement_is_shown_and_disagreements_are_listed(labelled, run_job) -> None:
    words = ("votes=people.votes.parquet", "pairs=rules.parquet", "output=g.json")
    status, said = run_job("agreement", *words, "disagreements=d.csv")

    found = json.loads(Path("g.json").read_text())
    assert status == 0, said
    assert found["annotators"] == ["ann", "ben"]
    assert found["n"] == 7
    assert "7 targets with two labels or more, 1 with different ones" in said
    assert "ann · ben" in said
    listed = pd.read_csv("d.csv", encoding="utf-8-sig")
    assert listed.loc[0, ["sentence", "ann", "ben"]].tolist() == [
        "Tarn denounced Orlev on Monday.",
        "opposition",
        "support",
    ]


def test_programs_agree_too_if_they_are_asked(labelled, run_job) -> None:
    votes = "votes=[rules.votes.parquet,llm.votes.parquet]"
    status, said = run_job("agreement", votes, "pairs=rules.parquet")
    assert status == 2
    assert "no pair has labels of two annotators" in said
    status, said = run_job("agreement", votes, "pairs=rules.parquet", "who=all")
    assert status == 0
    assert "llm:tiny · rules" in said


@pytest.mark.parametrize("method", ["majority", "dawid_skene", "mace"])
def test_people_win_and_majority_stands_beside(method: str, labelled, run_job) -> None:
    votes = "votes=[rules.votes.parquet,llm.votes.parquet,people.votes.parquet]"
    status, said = run_job(
        "aggregate", votes, "pairs=rules.parquet", f"method={method}", "output=o.parquet"
    )

    pairs = read_table(Path("o.parquet"))
    assert status == 0, said
    assert "majority" in said
    assert f"{method} *" in said
    free = pairs[pairs["holder_kind"] == "any"]
    assert free["provenance"].value_counts().to_dict() == {"gold": 7, "silver": 7}
    assert set(free[free["provenance"] == "gold"]["annotator"]) == {"ann, ben"}
    assert list(violations(Path("o.parquet"))) == []
    assert len(read_table(Path("o.votes.parquet"), VOTES)) >= 14
    assert set(json.loads(Path("o.json").read_text())["methods"]) == {
        "majority",
        "dawid_skene",
        "mace",
    }


def test_a_missing_file_is_one_line(workplace: Path, run_job) -> None:
    status, said = run_job("aggregate", "votes=no.parquet", "pairs=no.parquet")
    assert status == 2
    assert "no.parquet: no such table" in said
