"""Predictions of any system come from a file, or the file is named."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from stance.evaluation.files import NEEDED, is_predictions, read_predictions
from stance.schema.nouns import InputError

ROWS = pd.DataFrame([["01", "support", 0.1, 0.2, 0.7], ["2", None, None, None, None]])


@pytest.fixture
def rows() -> pd.DataFrame:
    return ROWS.set_axis(list(NEEDED), axis=1)


@pytest.mark.parametrize("ending", [".parquet", ".csv", ".jsonl"])
def test_every_format_gives_the_same_rows(tmp_path: Path, rows: pd.DataFrame, ending: str) -> None:
    path = tmp_path / f"p{ending}"
    if ending == ".parquet":
        rows.to_parquet(path)
    elif ending == ".csv":
        rows.to_csv(path, index=False)
    else:
        rows.to_json(path, orient="records", lines=True)
    found = read_predictions(path)
    assert found["pair_id"].tolist() == ["01", "2"]
    assert found["predicted"].isna().tolist() == [False, True]
    assert found["p_support"].iloc[0] == 0.7
    assert is_predictions(str(path))


def test_a_model_is_no_predictions_file() -> None:
    for uri in ("rules", "models/span", "models:/stance@champion", "runs:/ab/model", "c.zip"):
        assert not is_predictions(uri)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("gone.csv", None, "gone.csv: no such predictions file"),
        ("p.parquet", "no parquet", r"p.parquet: not readable as parquet"),
        ("p.csv", "", "p.csv: not readable as csv"),
        ("p.csv", "\udcff", "p.csv: not readable as csv"),
        ("p.jsonl", "{", "p.jsonl: not readable as jsonl"),
        ("p.csv", "pair_id,predicted\n1,support\n", "column p_opposition, p_neutral, p_support is"),
        ("p.csv", ",".join(NEEDED) + "\n1,support,a,b,c\n", "p.csv: a probability is no number"),
    ],
)
def test_what_cannot_be_read_is_named(
    tmp_path: Path, name: str, content: str | None, said: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match=said):
        read_predictions(path)
