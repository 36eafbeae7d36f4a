from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from stance.schema.nouns import LABELS, InputError
from stance.schema.table import (
    PAIRS,
    pair_faults,
    read_table,
    to_dataset,
    violations,
    write_table,
)
from tests.conftest import SENTENCES, TARGET, pair


def test_a_table_comes_back_as_it_was_written(pairs: pd.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "pairs.parquet"

    write_table(pairs, path, PAIRS)
    found = read_table(path)

    assert found["pair_id"].tolist() == pairs["pair_id"].tolist()
    assert found["label"].tolist() == pairs["label"].tolist()
    assert found["target_spans"][0][0] == pairs["target_spans"][0][0]
    assert [p.name for p in tmp_path.iterdir()] == ["pairs.parquet"]


def test_labels_are_strings_on_disk_and_classes_in_memory(
    pairs: pd.DataFrame, tmp_path: Path
) -> None:
    write_table(pairs, tmp_path / "pairs.parquet", PAIRS)

    dataset = to_dataset(pairs)

    assert pq.read_schema(tmp_path / "pairs.parquet").field("label").type == "string"
    assert dataset.features["label"].names == list(LABELS)
    assert dataset.features["label"].int2str(dataset[0]["label"]) == pairs["label"][0]


def test_a_killed_writer_leaves_no_file_under_the_final_name(
    pairs: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pq, "write_table", die)
    with pytest.raises(KeyboardInterrupt):
        write_table(pairs, tmp_path / "pairs.parquet", PAIRS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"label": "against"}, "label 'against' is none of"),
        ({"sentence_end": 999}, "outside the window"),
        ({"target_spans": [{"start": 0, "end": 999}]}, r"target \[0, 999\) is outside"),
        ({"target_spans": [{"start": 0, "end": 3}]}, "its span holds 'The'"),
        ({"holder_kind": "somebody"}, "holder_kind 'somebody'"),
        ({"provenance": "hearsay"}, "provenance 'hearsay'"),
    ],
)
def test_each_breach_of_the_contract_is_named(change: dict[str, object], fault: str) -> None:
    row = pair(SENTENCES[0][0], TARGET, "opposition") | change

    assert any(re.search(fault, found) for found in pair_faults(row))


def test_a_good_pair_has_no_fault() -> None:
    assert list(pair_faults(pair(SENTENCES[0][0], TARGET, "opposition"))) == []


def test_violations_name_the_row(pairs: pd.DataFrame, tmp_path: Path) -> None:
    broken = pairs.head(3).copy()
    broken.loc[1, "sentence_end"] = 500
    broken.loc[2, "pair_id"] = broken["pair_id"][0]
    write_table(broken, tmp_path / "pairs.parquet", PAIRS)

    found = list(violations(tmp_path / "pairs.parquet"))

    assert "row 1" in found[0]
    assert "outside the window" in found[0]
    assert "row 2" in found[1]
    assert "stands twice" in found[1]


def test_a_missing_column_is_named(pairs: pd.DataFrame, tmp_path: Path) -> None:
    pairs.drop(columns="weight")[["pair_id"]].to_parquet(tmp_path / "x.parquet")

    with pytest.raises(InputError, match=r"column .*weight.* is missing"):
        read_table(tmp_path / "x.parquet")
