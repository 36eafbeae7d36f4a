from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from stance.labeling.model import RulesModel
from stance.parties.matcher import Matcher
from stance.parties.registry import load_registry
from stance.schema.nouns import Article, InputError
from stance.schema.table import PREDICTIONS, read_table
from stance.scoring.rollup import BASIS
from stance.scoring.rollup_files import check_rollup
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


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "xlsx", "html"])
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


def sheets(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(path)
    for sheet in book:
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
        assert kinds <= {"s", "n", "inlineStr"}
        assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_a_workbook_has_rows_rollups_and_what_the_columns_mean(
    predictions: pd.DataFrame, tmp_path: Path
) -> None:
    path = tmp_path / "out.xlsx"

    write_predictions(predictions, path, ARTICLES, NAMES)

    found = sheets(path)
    by = ["By party", "Holder to target", "By article", "By source", "By date"]
    assert list(found) == ["Stances", *by, "Columns"]
    assert found["Stances"][0] == tuple(PREDICTIONS)
    assert [row[0] for row in found["Stances"][1:]] == list(predictions["pair_id"])
    assert all(found[name][0][0] == BASIS for name in by)
    explained = {row[1] for row in found["Columns"]}
    assert {cell for name in by for cell in found[name][1]} | set(PREDICTIONS) <= explained


def test_what_excel_would_run_or_follow_stays_text(tmp_path: Path) -> None:
    texts = ["=1+1", "@SUM(A1)", "-2+3", "http://a.example/", "mailto:a@b.example", "{=1}"]
    texts += ["\x00\x0b\x1f\ufffe\uffff _x0041_", "long " + "🌉" * 40_000]
    rows = [{**dict.fromkeys(PREDICTIONS), "text": text, "evidence": text} for text in texts]
    frame = pd.DataFrame(rows).assign(target_spans=[[]] * 8, holder_spans=[[]] * 8, status="ok")
    path = tmp_path / "out.xlsx"

    write_predictions(frame.assign(predicted="neutral", article_id="a"), path, [], {})

    at = list(PREDICTIONS).index("text")
    found = [row[at] for row in sheets(path)["Stances"][1:]]
    assert found[:6] == texts[:6]
    assert len(found[7].encode("utf-16-le")) // 2 <= 32_767
    assert found[7].endswith("🌉…")
    styles = zipfile.ZipFile(path).read("xl/styles.xml").decode()
    assert 'quotePrefix="1"' in styles


def test_more_rows_than_excel_holds_are_refused_and_nothing_is_left(
    predictions: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stance.scoring.workbook.ROWS", 4)

    with pytest.raises(InputError, match=r"holds 4 rows .* write .csv, .jsonl or .parquet"):
        write_predictions(predictions, tmp_path / "out.xlsx", ARTICLES, NAMES)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["rolled.csv", "rolled.jsonl", "rolled.parquet"])
def test_rollups_in_one_table_say_which_they_are_and_on_what_basis(
    predictions: pd.DataFrame, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name

    write_predictions(predictions, [], ARTICLES, NAMES, rollup=path)

    if path.suffix == ".csv":
        found = pd.read_csv(path, encoding="utf-8-sig")
        assert "'=b" in set(found["article_id"])
    elif path.suffix == ".jsonl":
        found = pd.read_json(path, lines=True)
    else:
        found = pd.read_parquet(path)
    assert set(found["rollup"]) == {"party", "holder", "article", "source", "date"}
    assert set(found["basis"]) == {BASIS}
    party = found[(found["rollup"] == "party") & (found["target_name"] == "Orlev")]
    assert party[["opposition", "support", "n"]].to_numpy().tolist() == [[1, 1, 2]]


def test_rollups_in_a_folder_or_a_workbook_are_one_each(
    predictions: pd.DataFrame, tmp_path: Path
) -> None:
    write_predictions(predictions, [], ARTICLES, NAMES, rollup=tmp_path / "rolled")
    write_predictions(predictions, [], ARTICLES, NAMES, rollup=tmp_path / "rolled.xlsx")

    files = {path.name for path in (tmp_path / "rolled").iterdir()}
    assert files == {f"by_{name}.csv" for name in ("party", "holder", "article", "source", "date")}
    assert BASIS in (tmp_path / "rolled" / "by_party.csv").read_text(encoding="utf-8-sig")
    assert len(sheets(tmp_path / "rolled.xlsx")) == 6


def test_rollups_can_count_a_part_for_the_whole(predictions: pd.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "rolled.jsonl"

    write_predictions(predictions, [], ARTICLES, NAMES, rollup=path, part_of={"Orlev": "Tarn"})

    found = pd.read_json(path, lines=True)
    assert set(found["target_party"]) == {"Tarn"}


def test_a_rollup_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"ending '.html' is none of"):
        check_rollup(tmp_path / "rolled.html")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="rollup"):
        check_rollup(tmp_path / "file")


def test_markup_in_articles_is_escaped_in_the_report(tmp_path: Path) -> None:
    text = "<script>alert(1)</script> Tarn praised <img src=x onerror=alert(1)> Orlev."
    article = Article('"><b>', text, title="<i>x</i>", source="</p><script>", language="en")
    matcher = Matcher(load_registry(["Tarn", "Orlev"], list))
    rows = Scorer(RulesModel(), matcher).score([article])

    write_predictions(rows, tmp_path / "out.html", [article], {"Orlev": "<u>Orlev</u>"})

    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)" in page
    for markup in ("<script>alert", "<img src=x", "<i>x</i>", "<u>Orlev", 'id=""><b>'):
        assert markup not in page


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
