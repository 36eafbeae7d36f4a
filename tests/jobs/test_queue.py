"""What to label next, from rules' pairs and a trained model; doubtful labels of a corpus."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from stance.schema.table import PAIRS, read_table, write_table
from tests.conftest import HOLDER, SENTENCES, TARGET, pair

TRAIN = "data/prepared/project/train.parquet"


@pytest.fixture
def waiting(trained: Path, tmp_path: Path) -> Path:
    """Pairs that no person has labelled."""
    rows = [
        pair(text, name, "neutral", article_id="new", sentence_index=n, provenance="silver")
        for n, (text, _) in enumerate(SENTENCES)
        for name in (TARGET, HOLDER)
    ]
    path = tmp_path / "waiting.parquet"
    write_table(pd.DataFrame(rows), path, PAIRS)
    return path


def test_the_queue_has_reasons_goes_to_people_and_comes_back(waiting, tmp_path, run_job) -> None:
    output = tmp_path / "next.csv"
    words = (f"pairs=[{waiting},{TRAIN}]", "model_uri=models/tfidf", "doubtful=0.2", "size=10")
    status, said = run_job(
        "queue", *words, f"output={output}", "previous=[models/second,models/tfidf]"
    )

    assert status == 0, said
    assert "12 pairs wait" in said
    assert "stop? no" in said
    found = pd.read_parquet(tmp_path / "next.queue.parquet")
    assert list(found["rank"]) == list(range(1, 11))
    doubtful = found[found["provenance"] == "authored"]
    assert len(doubtful) == 2
    assert doubtful["why"].str.startswith("its label is doubtful").all()
    assert found["why"].str.len().min() > 0
    signals = found[["uncertainty", "balance", "conflict", "diversity", "doubt", "score"]]
    assert ((signals >= 0) & (signals <= 1)).all().all()
    sheet = pd.read_csv(output, keep_default_na=False, encoding="utf-8-sig")
    assert list(sheet["pair_id"]) == list(found["pair_id"])
    assert list(sheet["why"]) == list(found["why"])

    sheet = sheet.assign(label="support", annotator="ann")
    sheet.to_csv(output, index=False)
    votes = tmp_path / "people.votes.parquet"
    table = tmp_path / "next.queue.parquet"
    status, said = run_job("annotate", "import", str(output), f"pairs={table}", f"output={votes}")
    assert status == 0, said
    status, said = run_job("queue", *words, f"votes={votes}", f"output={tmp_path / 'then.xlsx'}")
    assert status == 0, said
    assert "4 pairs wait" in said


def test_tasks_of_label_studio_know_why(waiting, tmp_path, run_job) -> None:
    output = tmp_path / "next.json"
    words = (f"pairs={waiting}", "model_uri=rules", "size=4", "annotators=[ann,ben]", "quiet=true")
    status, said = run_job("queue", *words, f"output={output}")

    assert status == 0, said
    files = [json.loads((tmp_path / f"next-{name}.json").read_text()) for name in ("ann", "ben")]
    asked = [pair for tasks in files for task in tasks for pair in task["data"]["pairs"]]
    assert len(asked) == 4
    assert all(pair["why"] for pair in asked)


def test_what_cannot_be_is_one_line_and_costs_no_labels(waiting, tmp_path, run_job) -> None:
    output = tmp_path / "next.csv"
    output.write_text("labels of an hour")
    words = (f"pairs={waiting}", f"output={output}")
    status, said = run_job("queue", *words, "model_uri=rules")
    assert status == 2
    assert "may hold labels" in said
    assert output.read_text() == "labels of an hour"
    for wrong, words_of_it in (("uncertainty=guess", "margin, entropy"), ("size=0", "size: 0")):
        other = f"output={tmp_path / 'other.csv'}"
        status, said = run_job("queue", words[0], "model_uri=rules", other, wrong)
        assert status == 2
        assert words_of_it in said


def test_doubtful_labels_of_a_corpus_are_listed(trained, tmp_path, run_job) -> None:
    output = tmp_path / "doubts.csv"
    status, said = run_job("doubts", "corpus=project", "folds=3", f"output={output}")

    found = pd.read_csv(output, encoding="utf-8-sig")
    assert status == 0, said
    assert f"{len(found)} doubtful labels" in said
    assert (found["given"] != found["suggested"]).all()
    assert found["score"].is_monotonic_decreasing
    assert set(found["pair_id"]) <= set(read_table(Path(TRAIN))["pair_id"])
