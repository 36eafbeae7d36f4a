"""`make demo` in a clean clone: what it prints, that a second run does nothing, and who wins."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of what is committed, with the stages run in it."""
    place = tmp_path_factory.mktemp("clone") / "stance"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(place)], check=True)
    repro(place)
    return place


def environment(place: Path) -> dict[str, str]:
    """The commands of this environment with the clone's code."""
    path = f"{BIN}:/usr/bin:/bin"
    return os.environ | {"PATH": path, "PYTHONPATH": str(place / "src"), "DVC_NO_ANALYTICS": "1"}


def repro(place: Path) -> str:
    done = subprocess.run(
        ["dvc", "repro"],
        cwd=place,
        env=environment(place),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_every_stage_runs_and_a_second_run_does_nothing(clone: Path) -> None:
    said = repro(clone)
    assert "Running stage" not in said
    assert "up to date" in said


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_last_look_shows_table_models_report_and_mlflow(clone: Path) -> None:
    words = [str(BIN / "stance"), "show"]
    done = subprocess.run(
        words, cwd=clone, env=environment(clone), capture_output=True, text=True, check=True
    )
    assert "Nicolas Maduro" in done.stdout
    assert "macro-F1" in done.stdout
    assert "outputs/seeds.html" in done.stdout
    assert "mlflow ui" in done.stdout


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_span_model_wins_and_reads_the_target(clone: Path) -> None:
    evaluated = json.loads((clone / "outputs/evaluate.json").read_text())
    (corpus,) = evaluated["corpora"].values()
    span, aware, blind = (
        corpus["models"][name] for name in ("models/span", "models/tfidf", "tfidf_blind")
    )

    def conflicting(result: dict[str, object]) -> float:
        rows = pd.DataFrame(result["slices"])
        kind, value = "stances in the sentence", "conflicting"
        row = rows[(rows["slice"] == kind) & (rows["value"] == value)].iloc[0]
        return float(row["macro_f1"])

    assert span["macro_f1"] > aware["macro_f1"] > blind["macro_f1"]
    assert conflicting(span) > conflicting(blind)
    assert conflicting(aware) > conflicting(blind)
    gate = json.loads((clone / "outputs/gate.json").read_text())
    assert gate["challenger"] == "models/span"
