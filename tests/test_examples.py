"""What the example workflow's scripts do, done here against a repository of its own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import yaml

from stance.evaluation.usage import Decision, Ledger

WORKFLOW = Path(__file__).parents[1] / "docs" / "examples" / "stance-gate.yaml"
DECISION = Decision("champion.zip", "models/span", "pass", "2026-01-01T00:00:00+00:00")


def git(*words: str, cwd: Path) -> str:
    done = subprocess.run(["git", *words], cwd=cwd, capture_output=True, text=True, check=True)
    return done.stdout


def step(name: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a step's script as a runner does, whose bash stops at the first error."""
    steps = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]["gate"]["steps"]
    (script,) = [one["run"] for one in steps if one.get("name") == name]
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script], cwd=cwd, capture_output=True, text=True
    )


def runner(place: Path, origin: Path) -> Path:
    """A checkout that knows nothing of earlier runs."""
    git("clone", "--quiet", "--depth", "1", f"file://{origin}", str(place), cwd=origin)
    return place


def repository(place: Path) -> Path:
    git("init", "--quiet", "--initial-branch=main", str(place), cwd=place.parent)
    named = ("-c", "user.name=project", "-c", "user.email=project@example.org")
    git(*named, "commit", "--quiet", "--allow-empty", "-m", "Start", cwd=place)
    return place


def test_the_count_of_decisions_outlives_the_runner(tmp_path: Path) -> None:
    # given a repository in which nothing has been decided yet
    origin = repository(tmp_path / "origin")
    # when three runs decide, each on a fresh runner
    for number in range(3):
        place = runner(tmp_path / f"runner {number}", origin)
        fetched = step("fetch the record", place)
        assert fetched.returncode == 0, fetched.stderr
        ledger = Ledger(place / "decisions.json")
        # then each knows of those before it
        assert ledger.times_used("f" * 64) == number
        ledger.record("project/dev", "f" * 64, DECISION)
        kept = step("keep the record", place)
        assert kept.returncode == 0, kept.stderr
    assert git("rev-list", "--count", "stance-decisions", cwd=origin).strip() == "3"
    assert git("branch", "--show-current", cwd=origin).strip() == "main"


def test_a_decision_that_came_between_is_never_written_over(tmp_path: Path) -> None:
    # given two runs that started from the same record
    origin = repository(tmp_path / "origin")
    first, second = (runner(tmp_path / name, origin) for name in ("first", "second"))
    for place in (first, second):
        assert step("fetch the record", place).returncode == 0
        Ledger(place / "decisions.json").record("project/dev", place.name[0] * 64, DECISION)
    # when both keep theirs
    kept = [step("keep the record", place).returncode for place in (first, second)]
    # then the second is told, and the first one's stands
    assert kept[0] == 0
    assert kept[1] != 0
    assert "f" * 64 in git("show", "stance-decisions:decisions.json", cwd=origin)


def test_a_record_that_cannot_be_read_stops_the_run_and_starts_no_new_one(tmp_path: Path) -> None:
    place = runner(tmp_path / "runner", repository(tmp_path / "origin"))
    git("remote", "set-url", "origin", str(tmp_path / "gone"), cwd=place)

    assert step("fetch the record", place).returncode != 0
    assert not (place / "decisions.json").exists()


def test_the_gate_uses_the_record_that_is_kept() -> None:
    steps = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]["gate"]["steps"]
    names = [one.get("name") for one in steps]
    (gate,) = [one["run"] for one in steps if one.get("name") == "gate"]

    assert "gate.ledger=decisions.json" in gate
    assert names.index("fetch the record") < names.index("gate") < names.index("keep the record")
