import os
from pathlib import Path

import pytest

from stance.schema.nouns import InputError
from stance.tracking.store import RETRIES, Tracking, flat, run

URI = "sqlite:///mlruns/mlflow.db"


def test_names_of_leaves():
    tree = {"a": {"b": 1, "c": [1, 2]}, "d": [{"e": 2}]}
    assert flat(tree) == {"a.b": 1, "a.c": "[1, 2]", "d.0.e": 2}


def test_artifacts_stay_where_they_were_made(workplace: Path):
    tracking = Tracking(uri=URI)
    with run(tracking, "one", job="test") as logged:
        logged.metrics({"dev": {"macro_f1": 0.5, "per class": {"né": 1.0}}}, step=3)
        logged.config({"seed": 1, "nested": {"x": None}})
    place = logged.mlflow.get_run(logged.id).info.artifact_uri
    assert place.startswith((workplace / "mlruns" / "artifacts").as_uri())
    kept = logged.mlflow.get_run(logged.id).data
    assert kept.metrics["dev.macro_f1"] == 0.5
    assert kept.params["nested.x"] == "None"


def test_a_run_that_breaks_ends_as_failed(workplace: Path):
    with pytest.raises(ZeroDivisionError), run(Tracking(uri=URI), "broken") as logged:
        _ = 1 / 0
    assert logged.mlflow.get_run(logged.id).info.status == "FAILED"


def test_a_place_that_cannot_be_used_is_one_line(workplace: Path):
    with pytest.raises(InputError, match=r"tracking.uri sqlite:////proc/none/x.db"):
        Tracking(uri="sqlite:////proc/none/x.db").connect()


def test_a_server_that_does_not_answer_is_one_line_and_soon(workplace: Path, monkeypatch):
    # given no pauses, which the default keeps to seconds
    monkeypatch.delenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", raising=False)
    Tracking(uri=URI).connect()
    assert os.environ["MLFLOW_HTTP_REQUEST_MAX_RETRIES"] == RETRIES
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    with pytest.raises(InputError, match=r"tracking.uri http://127.0.0.1:1: not usable"):
        Tracking(uri="http://127.0.0.1:1").connect()


def test_runs_of_a_sweep_stand_under_their_parent(workplace: Path, monkeypatch):
    tracking = Tracking(uri=URI)
    with run(tracking, "parent") as parent:
        pass
    monkeypatch.setitem(os.environ, "STANCE_PARENT_RUN", parent.id)
    with run(tracking, "child") as child:
        pass
    tags = child.mlflow.get_run(child.id).data.tags
    assert tags["mlflow.parentRunId"] == parent.id
