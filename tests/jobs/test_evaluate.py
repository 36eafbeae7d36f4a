"""`stance evaluate`: models and predictions files, corpora by themselves, floors beside."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from stance.corpora.prepare import MANIFEST, read_split
from stance.schema.table import ARTICLES, PAIRS, PREDICTIONS, read_table, write_table


def test_the_figures_stand_beside_the_floors(trained, run_job):
    status, said = run_job(
        "evaluate", "model_uri=models/tfidf", "output=e.json", "predictions=p.parquet", "draws=200"
    )

    result = json.loads(Path("e.json").read_text())
    assert status == 0, said
    assert {"macro_f1", "accuracy", "per_class", "n"} <= set(result)
    assert set(result["floors"]) == {"majority", "tfidf_blind"}
    assert result["macro_f1"] > result["floors"]["majority"]["macro_f1"]
    assert result["articles_seen_in_training"] == 0
    assert result["holder_right"] is None
    assert "above majority" in said
    assert len(read_table(Path("p.parquet"), PREDICTIONS)) >= result["n"]


def test_several_models_and_files_side_by_side_and_who_names_the_holder(trained, run_job):
    run_job("evaluate", "model_uri=rules", "output=rules.json", "predictions=r.parquet")
    frame = pd.read_parquet("r.parquet")
    frame[["pair_id", "predicted", "p_opposition", "p_neutral", "p_support"]].to_csv("r.csv")

    status, said = run_job(
        "evaluate", "model_uri=[models/tfidf,rules,r.csv]", "output=several.json", "draws=200"
    )

    assert status == 0, said
    (corpus,) = json.loads(Path("several.json").read_text())["corpora"].values()
    models = corpus["models"]
    assert set(models) == {"models/tfidf", "rules", "r.csv", "majority", "tfidf_blind"}
    assert models["r.csv"]["macro_f1"] == models["rules"]["macro_f1"]
    holder = models["rules"]["holder_right"]
    assert 0 < holder["accuracy"] <= holder["where_stance_right"]["accuracy"]
    assert "holder right" in said


def test_a_mixture_is_measured_in_its_parts_and_directed_rows_where_there_are_no_others(
    trained, run_job
):
    # given a folder of two corpora: one of both kinds of rows, one of directed rows alone
    gold = read_split(Path("data/prepared/project"), "dev")
    other = gold[gold["holder_kind"].isin(["party", "author"])].assign(
        corpus="other", construct="portrayal", pair_id=lambda rows: "other:" + rows["pair_id"]
    )
    folder = Path("data/prepared/mixed")
    folder.mkdir()
    write_table(pd.concat([gold, other]), folder / "dev.parquet", PAIRS)
    articles = read_table(Path("data/prepared/project/articles.parquet"), ARTICLES)
    write_table(articles, folder / "articles.parquet", ARTICLES)
    manifest = json.loads((Path("data/prepared/project") / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps(manifest | {"name": "mixed"}))
    # when
    status, said = run_job("evaluate", "model_uri=models/tfidf", f"data={folder}", "output=m.json")
    # then
    assert status == 0, said
    assert "no training part" in said
    corpora = json.loads(Path("m.json").read_text())["corpora"]
    found = {name: next(iter(one["models"].values())) for name, one in corpora.items()}
    assert {(one["corpus"], one["construct"]) for one in found.values()} == {
        ("project", "stance"),
        ("other", "portrayal"),
    }
    assert sorted(one["n"] for one in found.values()) == sorted(
        [(gold["holder_kind"] == "any").sum(), len(other)]
    )


def test_says_when_a_model_was_trained_on_what_it_is_measured_on(trained, run_job):
    status, said = run_job(
        "evaluate", "model_uri=models/tfidf", "split=train", "draws=100", "output=t.json"
    )
    assert status == 0
    assert "was trained on" in said
    assert json.loads(Path("t.json").read_text())["articles_seen_in_training"] > 100


def test_a_run_shows_the_evaluation_in_mlflow(trained, run_job):
    run_job("evaluate", "model_uri=models/tfidf", "draws=200")
    import mlflow

    mlflow.set_tracking_uri(f"sqlite:///{trained}/mlruns/mlflow.db")
    client = mlflow.MlflowClient()
    run = mlflow.search_runs(
        experiment_names=["stance"],
        filter_string="tags.job = 'evaluate' and tags.model = 'models/tfidf'",
        output_format="list",
    )[0]
    names = {item.path for item in client.list_artifacts(run.info.run_id)}
    assert {"config.json", "result.json", "evaluation.json", "plots"} <= names
    plots = {Path(item.path).stem for item in client.list_artifacts(run.info.run_id, "plots")}
    assert {"confusion", "reliability", "coverage_accuracy", "slices"} <= plots
    assert run.info.run_name == "evaluate models/tfidf on project/dev"
    assert "mlflow_f1_score" in run.data.metrics
    assert run.inputs.dataset_inputs
    source = client.get_model_version("stance", "1").source
    model = client.get_logged_model(source.removeprefix("models:/"))
    assert any(metric.key == "mlflow_f1_score" for metric in model.metrics or [])


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda rows: rows.iloc[1:], "1 of 160 gold pairs are missing"),
        (lambda rows: pd.concat([rows, rows.iloc[:1]]), "1 pairs stand twice"),
        (lambda rows: rows.assign(p_neutral=float("nan")), "not a number"),
        (lambda rows: rows.assign(p_neutral="much"), "a probability is no number"),
        (lambda rows: rows.assign(predicted="positive"), "none of opposition"),
        (lambda rows: rows.drop(columns="predicted"), "column predicted is missing"),
        (lambda rows: pd.concat([rows, rows.iloc[:1].assign(pair_id="x:0")]), "not in gold: x:0"),
    ],
)
@pytest.mark.parametrize("command", ["evaluate", "gate"])
def test_a_bad_predictions_file_is_named(trained, run_job, spoil, said, command):
    from stance.evaluation.simulate import predictions_of
    from stance.schema.nouns import LABELS

    gold = read_split(Path("data/prepared/project"), "dev")
    free = gold[gold["holder_kind"] == "any"].reset_index(drop=True)
    right = predictions_of(free, free["label"].map(LABELS.index).to_numpy())
    columns = ["pair_id", "predicted", "p_opposition", "p_neutral", "p_support"]
    spoil(right[columns]).to_csv("bad.csv", index=False)

    words = {
        "evaluate": ("model_uri=bad.csv", "draws=100"),
        "gate": ("challenger=bad.csv", "champion=rules"),
    }
    status, told = run_job(command, *words[command])
    assert status in (2, 3), told
    assert "bad.csv" in told
    assert said in told
