"""A sweep is one run with the runs of its jobs under it; an experiment may be one."""

from __future__ import annotations

from pathlib import Path


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


def test_a_run_by_itself_has_no_parent(trained, run_job):
    status, said = run_job(
        "train", "classifier=majority", "register=false", "tracking.experiment=alone"
    )
    assert status == 0, said
    import mlflow

    mlflow.set_tracking_uri(f"sqlite:///{trained}/mlruns/mlflow.db")
    (run,) = mlflow.search_runs(experiment_names=["alone"], output_format="list")
    assert "mlflow.parentRunId" not in run.data.tags
