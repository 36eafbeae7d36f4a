"""Out to each kind of file, filled in as a person would, and back."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from stance.labeling.people.checking import Checker
from stance.labeling.people.exchange import export, read_marks
from stance.schema.nouns import InputError
from stance.schema.table import VOTES
from tests.labeling.people.conftest import BEFORE, SENTENCE, placed

NOTHING = pd.DataFrame(columns=list(VOTES))
TEXT = BEFORE + SENTENCE


def taken(table: pd.DataFrame, path: Path, **more: Any) -> Any:
    settings = {"people": {}, "annotator": None} | more
    return Checker(table, NOTHING).check(read_marks(path, **settings))


def labelled_tasks(path: Path, **annotation: Any) -> list[Any]:
    """The tasks as Label Studio gives them back when the suggestions are submitted as they are."""
    tasks = json.loads(path.read_text(encoding="utf-8"))
    for number, task in enumerate(tasks, 1):
        task["id"] = number
        result = json.loads(json.dumps(task["predictions"][0]["result"]))
        fixed = {"completed_by": {"id": 1, "email": "ann@example.org"}, "result": result}
        task["annotations"] = [fixed | {"id": 1, "updated_at": "2026-02-03T04:05:06Z"} | annotation]
    return tasks


@pytest.fixture
def studio(table: pd.DataFrame, tmp_path: Path) -> Path:
    path = tmp_path / "tasks.json"
    export(table, path)
    return path


def test_a_task_is_a_sentence_with_its_targets_marked(studio: Path) -> None:
    first, second = json.loads(studio.read_text(encoding="utf-8"))
    (prediction,) = first["predictions"]

    assert first["data"]["text"] == TEXT
    assert first["data"]["sentence"] == SENTENCE
    assert [r["value"]["labels"] for r in prediction["result"]] == [["neutral"], ["opposition"]]
    for region in prediction["result"]:
        value = region["value"]
        assert TEXT[value["start"] : value["end"]] == value["text"]
    assert prediction["model_version"] == "rules:active"
    assert second["data"]["article_id"] == "a2"


def test_the_config_knows_every_name_that_the_tasks_use(studio: Path) -> None:
    config = ET.fromstring(studio.with_suffix(".config.xml").read_text(encoding="utf-8"))
    labels = {node.get("value") for node in config.iter("Label")}
    names = {node.get("name") for node in config.iter() if node.get("name")}

    (result, _) = (t["predictions"][0]["result"] for t in json.loads(studio.read_text()))
    assert {"support", "opposition", "neutral", "mixed", "unclear", "wrong_link"} < labels
    assert {r["from_name"] for r in result} | {r["to_name"] for r in result} <= names
    assert {r["value"]["labels"][0] for r in result} <= labels
    shown = {str(node.get("value")) for node in config.iter() if "$" in str(node.get("value"))}
    data = json.loads(studio.read_text())[0]["data"]
    assert all(any(f"${key}" in value for key in data) for value in shown)


def test_label_studio_there_and_back(table, studio: Path) -> None:
    tasks = labelled_tasks(studio)
    result = tasks[0]["annotations"][0]["result"]
    at = TEXT.index("Critics")
    value = {"start": at, "end": at + 7, "text": "Critics"}
    common = {"from_name": "stance", "to_name": "text"}
    result += [
        common | {"id": "h", "type": "labels", "value": value | {"labels": ["holder"]}},
        {"type": "relation", "from_id": "t2", "to_id": "t1", "labels": ["held by"]},
        {"type": "relation", "from_id": "t2", "to_id": "h", "labels": ["held by"]},
        {"id": "t2", "type": "textarea", "from_name": "comment", "value": {"text": ["clear"]}},
    ]
    second = tasks[1]["annotations"][0]["result"]
    second += [{"id": "t2", "type": "choices", "value": {"choices": ["author"]}}]
    studio.write_text(json.dumps(tasks))

    found = taken(table, studio)

    assert found.faults == []
    votes = pd.DataFrame(found.votes)
    assert list(votes["label"]) == ["neutral", "opposition", "opposition", "neutral", "opposition"]
    assert [v["holder_party"] for v in found.votes] == [None, "Tarn", "Critics", None, None]
    assert list(votes["holder_kind"])[-1] == "author"
    assert set(votes["annotator"]) == {"ann@example.org"}
    assert set(votes["time"]) == {"2026-02-03T04:05:06Z"}
    assert set(votes["codebook"]) == {"1.1"}
    assert votes["evidence"][1] == "clear"


def test_offsets_in_utf_16_are_understood(table, studio: Path) -> None:
    tasks = labelled_tasks(studio)
    for task in tasks:
        for region in task["annotations"][0]["result"]:
            # One character before the targets takes two units there.
            region["value"]["start"] += 1
            region["value"]["end"] += 1
    studio.write_text(json.dumps(tasks))
    assert len(taken(table, studio).votes) == 4


def test_every_fault_of_an_export_is_named(table, studio: Path) -> None:
    tasks = labelled_tasks(studio)
    one, two = tasks[0]["annotations"][0]["result"]
    one["value"] |= {"start": 0, "end": 4, "text": "It r"}
    two["value"]["labels"] = ["hatred"]
    nobody = labelled_tasks(studio, completed_by=None)[1]
    again = labelled_tasks(studio)[1]
    skipped = labelled_tasks(studio, was_cancelled=True)[0]
    studio.write_text(json.dumps([*tasks, again, nobody, skipped, "?", {"data": {"text": "x"}}]))

    found = taken(table, studio)

    where = f"{studio}: task "
    assert [fault.removeprefix(where) for fault in found.faults] == [
        "1, region t1 (a1:1:Tarn:any): [0, 4) holds 'It r', but the target 'Tarn' stands at "
        f"[{TEXT.index('Tarn')}, {TEXT.index('Tarn') + 4})",
        "1, region t2 (a1:1:Orlev:any): label 'hatred' is none of opposition, neutral, support, "
        "mixed, unclear, wrong_link",
        "3, region t1 (a2:1:Tarn:any): ann@example.org labels this target twice; first at "
        f"{where}2, region t1 (a2:1:Tarn:any)",
        "3, region t2 (a2:1:Orlev:any): ann@example.org labels this target twice; first at "
        f"{where}2, region t2 (a2:1:Orlev:any)",
        "4, region t1 (a2:1:Tarn:any): the annotator is missing",
        "4, region t2 (a2:1:Orlev:any): the annotator is missing",
        "6: is no task",
        "7: has no data.pairs; was it exported from here?",
    ]
    assert found.counts == {"taken": 2, "not taken": 8, "not labelled yet": 2}


def test_user_ids_get_names(table, studio: Path) -> None:
    studio.write_text(json.dumps(labelled_tasks(studio, completed_by=3)))
    assert {v["annotator"] for v in taken(table, studio).votes} == {"user 3"}
    assert {v["annotator"] for v in taken(table, studio, people={"3": "ann"}).votes} == {"ann"}
    assert {v["annotator"] for v in taken(table, studio, annotator="ben").votes} == {"ben"}


def test_blind_tasks_suggest_nothing(table, tmp_path: Path) -> None:
    export(table, tmp_path / "t.json", suggest=False)
    export(table, tmp_path / "t.csv", suggest=False)

    tasks = json.loads((tmp_path / "t.json").read_text())
    regions = [r for t in tasks for r in t["predictions"][0]["result"]]
    assert {r["value"]["labels"][0] for r in regions} == {"to label"}
    assert set(pd.read_csv(tmp_path / "t.csv", keep_default_na=False)["suggested"]) == {""}
    (tmp_path / "t.json").write_text(json.dumps(labelled_tasks(tmp_path / "t.json")))
    assert taken(table, tmp_path / "t.json").counts == {"not labelled yet": 4}


def test_what_people_decided_is_not_suggested(tmp_path: Path) -> None:
    gold = pd.DataFrame([placed("a1", "Orlev", provenance="gold")])
    export(gold, tmp_path / "t.csv")
    assert pd.read_csv(tmp_path / "t.csv", keep_default_na=False)["suggested"][0] == ""


def fill_csv(path: Path, **cells: Any) -> None:
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    frame = frame.assign(label="Neutral ", annotator="ann").assign(**cells)
    frame.to_csv(path, index=False, sep=";", encoding="utf-8-sig")


def fill_excel(path: Path, **cells: Any) -> None:
    book = openpyxl.load_workbook(path, rich_text=True)
    sheet = book["targets"]
    names = [cell.value for cell in sheet[1]]
    for row in range(2, sheet.max_row + 1):
        for name, value in ({"label": "neutral", "annotator": "ann"} | cells).items():
            sheet.cell(row, names.index(name) + 1, value)
    book.save(path)


@pytest.mark.parametrize(("name", "fill"), [("t.csv", fill_csv), ("t.xlsx", fill_excel)])
def test_spreadsheets_there_and_back(name: str, fill: Any, table, tmp_path: Path) -> None:
    path = tmp_path / name
    assert export(table, path) == {path: 4}
    fill(path)

    found = taken(table, path)

    assert found.faults == []
    assert [vote["label"] for vote in found.votes] == ["neutral"] * 4
    assert {vote["codebook"] for vote in found.votes} == {"1.1"}
    assert all(vote["time"].startswith("20") for vote in found.votes)


@pytest.mark.parametrize(("name", "fill"), [("t.csv", fill_csv), ("t.xlsx", fill_excel)])
def test_a_spreadsheets_faults_have_its_row_numbers(name, fill, table, tmp_path: Path) -> None:
    path = tmp_path / name
    export(table, path)
    fill(path, start="3", holder="Tarn", label="support")

    found = taken(table, path)

    assert len(found.faults) == 4
    assert f"{path}: row 5 (a2:1:Orlev:any): [3, " in found.faults[3]


def test_excel_shows_the_target_in_bold_and_offers_the_labels(table, tmp_path: Path) -> None:
    export(table, tmp_path / "t.xlsx")

    book = openpyxl.load_workbook(tmp_path / "t.xlsx", rich_text=True)
    sheet = book["targets"]
    blocks = [part for part in sheet.cell(2, 2).value if not isinstance(part, str)]
    assert [block.text for block in blocks if block.font.b] == ["Tarn"]
    assert str(sheet.cell(2, 2).value) == SENTENCE
    rules = [rule.formula1 for rule in sheet.data_validations.dataValidation]
    assert '"opposition,neutral,support,mixed,unclear,wrong_link"' in rules
    assert book.sheetnames == ["targets", "columns"]


def test_formulas_in_the_text_go_out_and_come_back_as_text(tmp_path: Path) -> None:
    text = "=Tarn praised Orlev."
    row = placed("a1", "Orlev") | {"text": text, "sentence_start": 0, "sentence_end": len(text)}
    row["target_spans"] = [{"start": 14, "end": 19}]
    table = pd.DataFrame([row])
    for name, fill in (("t.csv", fill_csv), ("t.xlsx", fill_excel)):
        export(table, tmp_path / name)
        fill(tmp_path / name)
        assert taken(table, tmp_path / name).faults == []
    assert "'=Tarn" in (tmp_path / "t.csv").read_text()


def test_nothing_is_overwritten_by_an_export(table, tmp_path: Path) -> None:
    export(table, tmp_path / "t.csv", annotators=["ann", "ben"], overlap=1.0)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["t-ann.csv", "t-ben.csv"]
    before = (tmp_path / "t-ann.csv").read_bytes()

    with pytest.raises(InputError, match=r"t-ann\.csv: is there, and may hold labels"):
        export(table, tmp_path / "t.csv", annotators=["ann", "zoe"], overlap=0.0)

    assert (tmp_path / "t-ann.csv").read_bytes() == before
    assert not (tmp_path / "t-zoe.csv").exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.json", "{", "no JSON"),
        ("t.json", '{"a": 1}', "no list of tasks"),
        ("t.csv", "pair_id,label\n", "column annotator is missing"),
        ("t.csv", "", "No columns"),
        ("t.xlsx", "no zip", "no workbook"),
        ("t.doc", "", "'.doc' is none of .json, .csv, .xlsx"),
    ],
)
def test_files_that_cannot_be_read(name, content, said, table, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=said):
        taken(table, tmp_path / name)


def test_a_file_in_another_encoding(table, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes("pair_id,label,annotator\nx,neutral,Zoë\n".encode("latin-1"))
    with pytest.raises(InputError, match="save it as 'CSV UTF-8'"):
        taken(table, tmp_path / "t.csv")
