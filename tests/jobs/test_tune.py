"""A search with real Optuna and MLflow."""

from __future__ import annotations

WORDS = ("tune", "classifier=tfidf", "folds=2", "max_pairs=300", "study=s")


def runs(place, kind):
    import mlflow

    mlflow.set_tracking_uri(f"sqlite:///{place}/mlruns/mlflow.db")
    return mlflow.search_runs(
        experiment_names=["stance"], filter_string=f"tags.job = '{kind}'", output_format="list"
    )


def test_a_search_goes_on_where_it_was_and_its_trials_stand_under_it(trained, run_job):
    status, said = run_job(*WORDS, "trials=2")
    assert status == 0, said
    assert "study s: 0 trials are there, 2 to go" in said

    status, said = run_job(*WORDS, "trials=3")
    assert status == 0, said
    assert "study s: 2 trials are there, 1 to go" in said
    assert "stance train classifier=tfidf corpus=project classifier.estimator.C=" in said

    searches, trials = runs(trained, "tune"), runs(trained, "trial")
    assert len(trials) == 3
    above = [run.data.tags["mlflow.parentRunId"] for run in trials]
    assert sorted(map(above.count, {run.info.run_id for run in searches})) == [1, 2]
    best = max(run.data.metrics["macro_f1"] for run in trials)
    assert max(run.data.metrics["best.macro_f1"] for run in searches) == best

    status, said = run_job(*WORDS, "trials=3", "folds=3")
    assert status == 2
    assert "its trials have another folds" in said


def test_what_it_says_can_be_trained(trained, run_job):
    _, said = run_job(*WORDS, "trials=1", "study=one", "quiet=false")
    command = said.strip().splitlines()[-1].split()
    assert command[:2] == ["stance", "train"]
    status, said = run_job(*command[1:], "max_pairs=300", "output=models/best", "register=false")
    assert status == 0, said
