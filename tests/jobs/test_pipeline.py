"""The scripts one after another, as an engineer runs them, with real MLflow and real corpora."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from stance.schema.table import PREDICTIONS, read_table


def test_the_registered_model_answers_text_and_party_and_holds_no_code(trained):
    import mlflow

    mlflow.set_tracking_uri(f"sqlite:///{trained}/mlruns/mlflow.db")
    model = mlflow.pyfunc.load_model("models:/stance/1")
    frame = pd.DataFrame({"text": ["Tarn praised Orlev."], "party": ["Orlev"]})
    answers = model.predict(frame)
    assert answers["predicted"].iloc[0] in ("support", "opposition", "neutral")

    pairs = read_table(Path("data/prepared/project/dev.parquet"))
    assert len(model.predict(pairs)) == len(pairs)

    folder = Path(mlflow.artifacts.download_artifacts("models:/stance/1"))
    suffixes = {path.suffix for path in folder.rglob("*") if path.is_file()}
    assert not suffixes & {".pkl", ".pickle", ".joblib", ".py", ".pt", ".bin"}


def test_the_same_seed_repeats_its_metrics_to_the_last_digit(trained, run_job):
    results = []
    for name in ("one", "two"):
        run_job("train", "classifier=tfidf", "seed=5", f"output=models/{name}", "register=false")
        run_job("evaluate", f"model_uri=models/{name}", f"output={name}.json", "draws=200")
        results.append(json.loads(Path(f"{name}.json").read_text()))
    same = ("macro_f1", "accuracy", "per_class", "calibration_error", "interval")
    assert [results[0][key] for key in same] == [results[1][key] for key in same]


def test_scoring_writes_what_it_is_asked_for(trained, run_job, tmp_path):
    (tmp_path / "a.txt").write_text("title: Bread\n\nTarn praised Orlev.\n\nIt rained.\n")
    outputs = "output=[out.parquet,out.csv,out.jsonl,out.html]"
    status, said = run_job(
        "score", f"input={tmp_path}", "parties=[Tarn,Orlev]", "model_uri=rules", outputs
    )
    assert status == 0, said
    assert "2 ok" in said
    assert "1 no_party" in said
    rows = read_table(Path("out.parquet"), PREDICTIONS)
    assert list(rows["status"]) == ["ok", "ok", "no_party"]
    assert all(Path(f"out.{ending}").stat().st_size for ending in ("csv", "jsonl", "html"))
