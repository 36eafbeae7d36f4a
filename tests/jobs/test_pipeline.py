"""The scripts one after another, as an engineer runs them, with real MLflow and real corpora."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from stance.schema.table import PREDICTIONS, read_table


@pytest.fixture(scope="module")
def trained(tmp_path_factory, run_job):
    """A workplace with the project's corpus prepared, two seeds of TF-IDF and a majority model."""
    place = tmp_path_factory.mktemp("work")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        patch.delenv("MLFLOW_TRACKING_URI", raising=False)
        for words in (
            ("prepare", "corpus=project"),
            ("train", "classifier=tfidf", "seed=1"),
            ("train", "classifier=tfidf", "seed=2", "max_pairs=900", "output=models/second"),
            ("train", "classifier=majority"),
        ):
            status, said = run_job(*words)
            assert status == 0, said
        yield place


def test_evaluate_tells_the_figures_beside_the_floors(trained, run_job):
    status, said = run_job(
        "evaluate", "model_uri=models/tfidf", "output=e.json", "predictions=p.parquet", "draws=200"
    )

    result = json.loads(Path("e.json").read_text())
    assert status == 0, said
    assert {"macro_f1", "accuracy", "per_class", "n"} <= set(result)
    assert set(result["floors"]) == {"majority", "tfidf_blind"}
    assert result["macro_f1"] > result["floors"]["majority"]["macro_f1"]
    assert "above majority" in said
    assert len(read_table(Path("p.parquet"), PREDICTIONS)) >= result["n"]


def test_evaluate_takes_several_models(trained, run_job):
    status, said = run_job(
        "evaluate", "model_uri=[models/tfidf,rules]", "output=several.json", "draws=200"
    )
    assert status == 0, said
    (corpus,) = json.loads(Path("several.json").read_text())["corpora"].values()
    assert {"models/tfidf", "rules", "majority", "tfidf_blind"} == set(corpus["models"])


def test_a_run_shows_the_evaluation_in_mlflow(trained, run_job):
    run_job("evaluate", "model_uri=models/tfidf", "draws=200")
    import mlflow

    mlflow.set_tracking_uri(f"sqlite:///{trained}/mlruns/mlflow.db")
    run = mlflow.search_runs(
        experiment_names=["stance"], filter_string="tags.job = 'evaluate'", output_format="list"
    )[0]
    names = {item.path for item in mlflow.MlflowClient().list_artifacts(run.info.run_id)}
    assert {"config.json", "evaluation.json", "plots"} <= names
    assert any(name.startswith("mlflow/") for name in run.data.metrics)
    assert run.inputs.dataset_inputs


def test_the_first_champion_and_the_way_back(trained, run_job):
    status, said = run_job("score", "text=Hello.")
    assert status == 2
    assert "no champion" in said

    first = ("candidates=[models/majority,models/tfidf]", "champion=none", "gate.promote=true")
    status, said = run_job("gate", *first, "markdown=g.md", "junit=g.xml", "output=g.json")
    assert status == 0, said
    assert "champion is now version 1" in said
    report = json.loads(Path("g.json").read_text())
    assert report["challenger"] == "models/tfidf"
    assert report["times_used"] == 1
    assert Path("g.md").read_text().startswith("## Stance gate: ✅ pass")
    assert "<testsuite" in Path("g.xml").read_text()

    status, said = run_job("rollback")
    assert status == 2
    assert "no earlier champion" in said

    status, said = run_job("compare")
    assert status == 0
    assert "champion" in said


def test_a_model_against_itself_is_refused_and_says_so_everywhere(trained, run_job):
    status, said = run_job(
        "gate", "challenger=models/tfidf", "champion=models/tfidf", "junit=r.xml", "markdown=r.md"
    )
    assert status == 3, said
    assert "same artefact" in said
    assert "<error" in Path("r.xml").read_text()
    assert "refused" in Path("r.md").read_text()


def test_a_much_worse_challenger_fails_and_nothing_moves(trained, run_job):
    words = ("challenger=models/majority", "champion=models/tfidf", "gate.promote=true")
    status, said = run_job("gate", *words, "output=f.json")
    assert status == 1, said
    assert "champion is now" not in said
    assert json.loads(Path("f.json").read_text())["verdict"] == "fail"


def test_a_model_trained_on_test_articles_is_refused(trained, run_job):
    status, said = run_job("gate", "challenger=models/tfidf", "champion=rules", "split=train")
    assert status == 3
    assert "was trained on" in said


def test_another_test_set_than_the_one_on_record_is_refused(trained, run_job):
    status, said = run_job(
        "gate", "challenger=models/tfidf", "champion=rules", f"gate.on_record={'0' * 64}"
    )
    assert status == 3
    assert "on record" in said


def test_floors_can_ask_for_behaviour_and_speed(trained, run_job):
    words = (
        "+gate.settings.floors.pairs_per_second=1",
        "+gate.settings.floors.behaviour_pass_rate=0.99",
    )
    status, said = run_job("gate", "challenger=models/tfidf", "champion=none", *words)
    assert status == 1, said
    assert "behaviour_pass_rate" in said


def test_the_champion_travels_as_one_archive(trained, run_job):
    assert run_job("export", "model_uri=models/tfidf", "output=champion.zip")[0] == 0
    status, said = run_job("gate", "challenger=models/second", "champion=champion.zip")
    assert status in (0, 1, 4), said
    assert "champion.zip" in said
    status, said = run_job("export", "model_uri=nowhere", "output=x.zip")
    assert status == 2


def test_equals_against_each_other(trained, run_job):
    words = ("challenger=[models/tfidf,models/second]", "gate.aa=true", "gate.settings.draws=200")
    status, said = run_job("gate", *words)
    assert status == 0, said
    assert "false alarms" in said


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
