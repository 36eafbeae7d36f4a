"""Articles and pairs through every kind of labeler, as an engineer runs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance.schema.table import PAIRS, VOTES, pair_faults, read_table, violations, write_table
from tests.labeling.llm.standin import serving

TEXT = "Tarn denounced Orlev on Monday. Orlev praised Tarn at noon. It rained. Tarn met Orlev."


@pytest.fixture
def article(workplace: Path) -> str:
    (workplace / "a.txt").write_text(TEXT, encoding="utf-8")
    return "a.txt"


def test_rules_write_pairs_and_votes_and_count_them(article: str, run_job) -> None:
    status, said = run_job("label", f"input={article}", "parties=[Tarn,Orlev]", "output=r.parquet")

    pairs = read_table(Path("r.parquet"))
    votes = read_table(Path("r.votes.parquet"), VOTES)
    assert status == 0, said
    assert "1 articles, 6 targets" in said
    assert not [f for row in pairs.to_dict("records") for f in pair_faults(row)]
    assert dict(zip(votes["pair_id"], votes["label"], strict=True)) == {
        "a:0:Orlev:any": "opposition",
        "a:1:Tarn:any": "support",
    }
    assert set(votes["codebook"]) == {"1.1"}
    assert list(violations(Path("r.parquet"))) == []


def test_a_language_model_labels_through_the_command(article: str, run_job) -> None:
    words = ("parties=[Tarn,Orlev]", "labeler=llm", "labeler.model.model=tiny")
    with serving() as server:
        url = f"labeler.model.base_url={server.url}"
        status, said = run_job("label", f"input={article}", *words, url, "output=l.parquet")
        assert status == 0, said
        again, said_again = run_job("label", f"input={article}", *words, url, "output=m.parquet")

    votes = read_table(Path("l.votes.parquet"), VOTES)
    held = read_table(Path("l.parquet")).query("holder_kind == 'party'")
    assert again == 0
    assert "3 sentences asked" in said
    assert "0 sentences asked, 3 from data/cache/llm.sqlite" in said_again
    assert set(votes["annotator"]) == {"llm:tiny"}
    assert dict(zip(held["target"], held["holder"], strict=True)) == {
        "Orlev": "Tarn",
        "Tarn": "Orlev",
    }
    assert list(violations(Path("l.parquet"))) == []


def test_pairs_that_are_there_keep_their_corpus_and_split(pairs, workplace: Path, run_job) -> None:
    write_table(pairs.assign(split="dev"), Path("p.parquet"), PAIRS)

    status, said = run_job("label", "pairs=p.parquet", "output=o.parquet")

    labelled = read_table(Path("o.parquet"))
    assert status == 0, said
    assert set(labelled["corpus"]) == {"toy"}
    assert set(labelled["split"]) == {"dev"}
    assert set(labelled["provenance"]) == {"silver"}
    free = labelled[labelled["holder_kind"] == "any"]
    assert list(free["pair_id"]) == list(pairs[pairs["holder_kind"] == "any"]["pair_id"])


def test_articles_or_pairs(workplace: Path, run_job) -> None:
    status, said = run_job("label")
    assert status == 2
    assert "one of the two" in said
