from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from stance.schema.table import PAIRS, VOTES, read_table, write_table


@pytest.fixture
def table(pairs: pd.DataFrame, workplace: Path) -> pd.DataFrame:
    write_table(pairs, Path("p.parquet"), PAIRS)
    return pairs[pairs["holder_kind"] == "any"]


def fill(file: str, label: str, rows: slice = slice(None)) -> None:
    frame = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    frame.loc[frame.index[rows], "label"] = label
    frame.to_csv(file, index=False)


def test_out_to_two_people_and_back_with_one_bad_row(table, run_job) -> None:
    words = ("annotators=[ann,ben]", "overlap=0.25", "output=t.csv")
    status, said = run_job("annotate", "export", "p.parquet", *words)
    assert status == 0, said
    sizes = [len(pd.read_csv(f"t-{name}.csv")) for name in ("ann", "ben")]
    assert sum(sizes) == len(table) * 1.25
    assert f"{sizes[0]} targets written to t-ann.csv" in said

    fill("t-ann.csv", "neutral")
    fill("t-ben.csv", "support", slice(0, 10))
    fill("t-ben.csv", "hate", slice(0, 1))
    files = "[t-ann.csv,t-ben.csv]"
    status, said = run_job(
        "annotate", "import", f"input={files}", "pairs=p.parquet", "output=v.parquet"
    )

    votes = read_table(Path("v.parquet"), VOTES)
    assert status == 2
    assert "t-ben.csv: row 2" in said
    assert "label 'hate'" in said
    assert f"{sizes[0] + 9} taken" in said
    assert f"{sizes[1] - 10} not labelled yet" in said
    assert votes.groupby("annotator").size().to_dict() == {"ann": sizes[0], "ben": 9}

    fill("t-ben.csv", "opposition", slice(0, 1))
    status, said = run_job("annotate", "import", "t-ben.csv", "pairs=p.parquet", "output=v.parquet")
    assert status == 0, said
    assert "9 known already" in said
    after = read_table(Path("v.parquet"), VOTES)
    pd.testing.assert_frame_equal(after.head(len(votes)), votes)
    assert len(after) == len(votes) + 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ship", "p.parquet"), "annotate ship: there are export, import"),
        (("export", "p.parquet"), "name output="),
        (("export", "p.parquet", "output=t.doc"), "'.doc' is none of"),
        (("import", "no.csv", "pairs=p.parquet"), "no.csv: no such file"),
        (("import", "no.csv"), "pairs=TABLE.parquet"),
    ],
)
def test_mistakes_are_one_line(words, said, table, run_job) -> None:
    status, told = run_job("annotate", *words)
    assert status == 2
    assert said in told
    assert told.count("\n") == 1
