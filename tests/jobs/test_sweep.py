"""A sweep is one run with the runs of its jobs under it; an experiment may be one."""

from __future__ import annotations

import statistics
from pathlib import Path

import pandas as pd
import pytest


def test_the_jobs_of_a_sweep_stand_under_one_parent(trained, run_job):
    # given an experiment that sweeps over seeds
    words = ("experiment=three_seeds", "classifier=majority", "register=false")
    status, said = run_job("train", *words, "tracking.experiment=sweeps")
    # then
    assert status == 0, said
    assert {f"majority-{seed}" for seed in (1, 2, 3)} <= {p.name for p in Path("models").iterdir()}
    import mlflow

    mlflow.set_tracking_uri(f"sqlite:///{trained}/mlruns/mlflow.db")
    runs = mlflow.search_runs(experiment_names=["sweeps"], output_format="list")
    (parent,) = [run for run in runs if run.data.tags.get("job") == "sweep"]
    children = [run for run in runs if run is not parent]
    assert parent.info.status == "FINISHED"
    assert {run.data.tags["mlflow.parentRunId"] for run in children} == {parent.info.run_id}
    assert sorted(run.data.params["seed"] for run in children) == ["1", "2", "3"]
    # and since they differ by nothing but the seed, the parent's own metrics are theirs together
    figures = [run.data.metrics["dev.macro_f1"] for run in children]
    assert parent.data.metrics["dev.macro_f1.mean"] == pytest.approx(statistics.mean(figures))
    assert parent.data.metrics["dev.macro_f1.sd"] == pytest.approx(statistics.stdev(figures))


def test_a_run_by_itself_has_no_parent(trained, run_job):
    status, said = run_job(
        "train", "classifier=majority", "register=false", "tracking.experiment=alone"
    )
    assert status == 0, said
    import mlflow

    mlflow.set_tracking_uri(f"sqlite:///{trained}/mlruns/mlflow.db")
    (run,) = mlflow.search_runs(experiment_names=["alone"], output_format="list")
    assert "mlflow.parentRunId" not in run.data.tags


def test_the_parent_shows_the_mean_and_deviation_over_the_seeds(trained, run_job):
    # given a sweep over seeds of a model that the seed does change
    few = "classifier.estimator.C=1,2"
    status, said = run_job(
        "train",
        *("-m", "classifier=tfidf", "seed=1,2", few, "max_pairs=200", "register=false"),
        "tracking.experiment=spread",
    )
    assert status == 0, said
    import mlflow

    mlflow.set_tracking_uri(f"sqlite:///{trained}/mlruns/mlflow.db")
    runs = mlflow.search_runs(experiment_names=["spread"], output_format="list")
    (parent,) = [run for run in runs if run.data.tags.get("job") == "sweep"]
    table = mlflow.artifacts.load_dict(f"runs:/{parent.info.run_id}/summary.json")
    summary = pd.DataFrame(**table)
    # then each setting has the mean of its own runs, and the terminal says so
    for value in ("1", "2"):
        of = [run for run in runs if run.data.params.get(few.split("=")[0]) == value]
        assert len(of) == 2
        (row,) = summary[
            (summary["metric"] == "dev.macro_f1")
            & (summary["setting"] == f"{few.split('=')[0]}={value}")
        ].itertuples()
        figures = [run.data.metrics["dev.macro_f1"] for run in of]
        assert row.runs == 2
        assert row.mean == pytest.approx(sum(figures) / 2)
        assert row.sd == pytest.approx(statistics.stdev(figures))
        assert f"C={value}: dev.macro_f1 {row.mean:.3f} ± " in said
