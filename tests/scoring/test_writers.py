from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

from stance.labeling.model import RulesModel
from stance.parties.matcher import Matcher
from stance.parties.registry import load_registry
from stance.schema.nouns import Article, InputError
from stance.schema.table import PREDICTIONS, read_table
from stance.scoring.scorer import Scorer
from stance.scoring.writers import write_predictions

ARTICLES = [
    Article("a", "Tarn praised Orlev. It rained."),
    Article("=b", "=Tarn condemned Orlev."),
    Article("c", "", fault="c.txt: a binary file"),
]
NAMES = {"tarn": "Tarn", "orlev": "Orlev"}


@pytest.fixture(scope="module")
def predictions() -> pd.DataFrame:
    matcher = Matcher(load_registry(["Tarn", "Orlev"], list))
    return Scorer(RulesModel(), matcher).score(ARTICLES)


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "html"])
def test_parts_make_the_same_file_as_the_whole(
    predictions: pd.DataFrame, tmp_path: Path, ending: str
) -> None:
    one, two = tmp_path / f"one.{ending}", tmp_path / f"two.{ending}"

    write_predictions(predictions, one, ARTICLES, NAMES)
    parts = (predictions.iloc[i : i + 2] for i in range(0, len(predictions), 2))
    write_predictions(parts, two, ARTICLES, NAMES)

    if ending == "parquet":
        pd.testing.assert_frame_equal(read_table(one, PREDICTIONS), read_table(two, PREDICTIONS))
    else:
        assert one.read_bytes() == two.read_bytes()


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(
    predictions: pd.DataFrame, tmp_path: Path
) -> None:
    path = tmp_path / "out.csv"

    write_predictions(predictions, path, ARTICLES, NAMES)

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(predictions)
    assert not [cell for row in rows for cell in row.values() if cell.startswith("=")]
    assert rows[-1]["evidence"] == "c.txt: a binary file"


def test_several_files_are_written_at_once_from_parts_that_come_once(
    predictions: pd.DataFrame, tmp_path: Path
) -> None:
    paths = [tmp_path / "out.jsonl", tmp_path / "out.parquet"]

    write_predictions(iter([predictions]), paths, ARTICLES, NAMES)

    lines = [json.loads(line) for line in paths[0].read_text(encoding="utf-8").splitlines()]
    assert [line["pair_id"] for line in lines] == list(read_table(paths[1], PREDICTIONS)["pair_id"])


def test_an_error_midway_leaves_nothing_behind(predictions: pd.DataFrame, tmp_path: Path) -> None:
    def parts():
        yield predictions
        raise RuntimeError("the model broke")

    with pytest.raises(RuntimeError):
        write_predictions(parts(), [tmp_path / "a.csv", tmp_path / "a.parquet"], [], {})

    assert list(tmp_path.iterdir()) == []


def test_an_unknown_ending_is_refused_before_any_work(
    predictions: pd.DataFrame, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="is none of"):
        write_predictions(predictions, tmp_path / "out.doc", ARTICLES, NAMES)
