from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from stance.parties.matcher import Matching
from stance.schema.nouns import InputError
from stance.schema.table import PREDICTIONS, read_table, to_arrow
from stance.scoring.local import LocalEngine
from stance.scoring.plan import Plan
from stance.scoring.scorer import Scorer
from stance.scoring.source import Source, Watch
from stance.scoring.summary import SHOWN, Summary
from stance.scoring.work import work_of
from tests.conftest import SENTENCES

#: Shards of two articles in this process.
ENGINE = LocalEngine(shard_articles=2, workers=1)


def run(engine: LocalEngine, plan: Plan, folder: Path, *outputs: Path) -> tuple[Summary, list[str]]:
    said: list[str] = []
    found = engine.run(plan, Source(place=str(folder)), outputs, {}, Watch(tell=said.append))
    return found, said


def begun(plan: Plan, folder: Path, output: Path, shards: int) -> Path:
    """The work folder of a run that was stopped after so many shards."""
    articles = Source(str(folder)).articles()
    with suppress(KeyboardInterrupt), work_of([output], plan.fingerprint(), print) as work:
        for _ in islice(ENGINE.score(plan, articles, work), shards):
            pass
        raise KeyboardInterrupt
    return work.folder


def test_shards_give_what_all_articles_at_once_give(
    plan: Callable[..., Plan], folder: Path, tmp_path: Path
) -> None:
    scorer = plan().scorer()
    assert isinstance(scorer, Scorer)
    whole = scorer.score(Source(str(folder)).articles())

    found, said = run(ENGINE, plan(), folder, tmp_path / "out.parquet")

    rows = read_table(tmp_path / "out.parquet", PREDICTIONS)
    assert to_arrow(rows, PREDICTIONS) == to_arrow(whole, PREDICTIONS)
    assert (found.articles, found.rows, found.reused) == (12, len(rows), 0)
    assert found.statuses == rows["status"].value_counts().to_dict()
    assert said == []
    assert {path.name for path in tmp_path.iterdir()} == {"articles", "out.parquet"}


def test_other_processes_give_the_same_bytes(
    plan: Callable[..., Plan], model_folder: Path, folder: Path, tmp_path: Path
) -> None:
    run(ENGINE, plan(model_folder), folder, tmp_path / "one.parquet")
    run(replace(ENGINE, workers=2), plan(model_folder), folder, tmp_path / "two.parquet")

    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


def test_a_stopped_run_goes_on_where_it_was(
    plan: Callable[..., Plan], folder: Path, tmp_path: Path
) -> None:
    undisturbed, output = tmp_path / "a.parquet", tmp_path / "out.parquet"
    run(ENGINE, plan(), folder, undisturbed)
    work = begun(plan(), folder, output, shards=4)
    (tmp_path / ".out.parquet.123.partial").write_text("half")
    before = {path: path.stat().st_mtime_ns for path in work.glob("*.parquet")}
    assert len(before) == 8

    found, said = run(ENGINE, plan(), folder, output)

    assert found.reused == 4
    assert said == []
    assert output.read_bytes() == undisturbed.read_bytes()
    assert not list(tmp_path.glob(".*"))


def test_a_stopped_run_that_writes_a_rollup_alone_goes_on_too(
    plan: Callable[..., Plan], folder: Path, tmp_path: Path
) -> None:
    for rolled in (tmp_path / "rolled.csv", tmp_path / "rolled"):
        work = begun(plan(), folder, rolled, shards=1)

        found = ENGINE.run(plan(), Source(str(folder)), [], {}, Watch(), rollup=rolled)

        assert found.reused == 1
        assert rolled.exists()
        assert not work.exists()


def test_a_half_written_part_is_done_again(
    plan: Callable[..., Plan], folder: Path, tmp_path: Path
) -> None:
    undisturbed, output = tmp_path / "a.parquet", tmp_path / "out.parquet"
    run(ENGINE, plan(), folder, undisturbed)
    work = begun(plan(), folder, output, shards=3)
    part = work / "000001.parquet"
    part.write_bytes(part.read_bytes()[:-100])

    found, _ = run(ENGINE, plan(), folder, output)

    assert found.reused == 2
    assert output.read_bytes() == undisturbed.read_bytes()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"threshold": 0.99}, "settings"),
        ({"matching": Matching(pronouns=True)}, "settings"),
        ({"parties": ()}, "parties"),
    ],
)
def test_another_plan_starts_afresh_and_says_so(
    plan: Callable[..., Plan],
    folder: Path,
    tmp_path: Path,
    change: dict[str, object],
    named: str,
) -> None:
    output = tmp_path / "out.parquet"
    begun(plan(), folder, output, shards=4)

    found, (line,) = run(ENGINE, replace(plan(), **change), folder, output)

    assert found.reused == 0
    assert f"with other {named}: starting afresh" in line


def test_another_model_starts_afresh_and_says_so(
    plan: Callable[..., Plan], model_folder: Path, folder: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.parquet"
    begun(plan(), folder, output, shards=4)

    found, (line,) = run(ENGINE, plan(model_folder), folder, output)

    assert found.reused == 0
    assert "with other model: starting afresh" in line


def test_a_changed_input_is_scored_anew_from_the_change_on(
    plan: Callable[..., Plan], folder: Path, tmp_path: Path
) -> None:
    undisturbed, output = tmp_path / "a.parquet", tmp_path / "out.parquet"
    begun(plan(), folder, output, shards=4)
    changed = folder / "04.txt"
    changed.write_text("Mayor Holt left.\n")
    run(ENGINE, plan(), folder, undisturbed)

    found, (line,) = run(ENGINE, plan(), folder, output)

    assert found.reused == 2
    assert "the input has changed from shard 3 on" in line
    assert output.read_bytes() == undisturbed.read_bytes()


def test_an_input_that_has_shrunk_leaves_no_rows_of_what_is_gone(
    plan: Callable[..., Plan], folder: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.parquet"
    begun(plan(), folder, output, shards=4)
    for number in range(2, 12):
        (folder / f"{number:02d}.txt").unlink()

    found, _ = run(ENGINE, plan(), folder, output)

    assert found.articles == 2
    assert set(read_table(output, PREDICTIONS)["article_id"]) == {"00", "01"}


def test_without_an_output_nothing_stays(
    plan: Callable[..., Plan], folder: Path, tmp_path: Path
) -> None:
    found, _ = run(ENGINE, plan(), folder)

    assert (found.rows, found.pairs) == (60, 48)
    assert len(found.first) == SHOWN
    assert [path.name for path in tmp_path.iterdir()] == ["articles"]


def test_what_cannot_be_read_keeps_its_place_in_the_output(
    plan: Callable[..., Plan], folder: Path, tmp_path: Path
) -> None:
    (folder / "05.txt").write_bytes(b"\xff\xfe broken")

    found, _ = run(ENGINE, plan(), folder, tmp_path / "out.parquet")

    rows = read_table(tmp_path / "out.parquet", PREDICTIONS)
    (broken,) = rows[rows["article_id"] == "05"].to_dict("records")
    assert found.statuses["error"] == 1
    assert "not UTF-8" in broken["evidence"]
    assert list(dict.fromkeys(rows["article_id"])) == [f"{n:02d}" for n in range(12)]


def test_a_model_that_cannot_be_loaded_is_named_from_any_process(
    plan: Callable[..., Plan], model_folder: Path, folder: Path, tmp_path: Path
) -> None:
    bad = shutil.copytree(model_folder, tmp_path / "bad")
    (bad / "model.skops").write_bytes(b"\x80\x04cos\nsystem\n")

    for engine in (ENGINE, replace(ENGINE, workers=2)):
        with pytest.raises(InputError, match="not a skops file"):
            run(engine, plan(bad), folder, tmp_path / "out.parquet")
    with pytest.raises(InputError, match="no such folder"):
        run(ENGINE, plan(tmp_path / "nowhere"), folder)


def test_a_worker_that_is_killed_is_told_in_one_line_and_the_run_goes_on(
    plan: Callable[..., Plan], folder: Path, tmp_path: Path
) -> None:
    engine, output = replace(ENGINE, workers=2, shard_articles=1), tmp_path / "out.parquet"
    undisturbed = tmp_path / "a.parquet"
    run(engine, plan(), folder, undisturbed)

    def kill(_: int) -> None:
        for child in multiprocessing.active_children():
            os.kill(child.pid or 0, signal.SIGKILL)

    with pytest.raises(InputError, match="ended from outside"):
        engine.run(plan(), Source(str(folder)), [output], {}, Watch(step=kill))
    found, _ = run(engine, plan(), folder, output)

    assert found.reused >= 1
    assert output.read_bytes() == undisturbed.read_bytes()


@pytest.mark.slow
def test_killed_at_ten_random_moments_the_output_is_the_same_to_the_byte(
    tmp_path: Path,
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    rng = random.Random(5)
    for number in range(300):
        text = " ".join(rng.choice(SENTENCES)[0] for _ in range(60))
        (articles / f"{number:04d}.txt").write_text(text)
    kinds = ("parquet", "csv", "jsonl")
    command = [sys.executable, "-m", "stance", "score", f"input={articles}"]
    command += ["parties=[Guild of Bakers,Mayor Holt]", "model_uri=rules", "quiet=true"]
    command += ["engine.shard_articles=5"]

    def started(name: str, workers: int = 1) -> subprocess.Popen[bytes]:
        """The command, once it has begun to score."""
        manifest = tmp_path / f".{name}.parquet.work" / "manifest.json"
        before = manifest.stat().st_mtime_ns if manifest.exists() else None
        outputs = ",".join(str(tmp_path / f"{name}.{kind}") for kind in kinds)
        words = [*command, f"output=[{outputs}]", f"engine.workers={workers}"]
        process = subprocess.Popen(words, cwd=tmp_path)
        while process.poll() is None:
            if manifest.exists() and manifest.stat().st_mtime_ns != before:
                return process
            time.sleep(0.01)
        raise AssertionError(f"ended with {process.returncode}")

    undisturbed = started("whole")
    began = time.monotonic()
    assert undisturbed.wait() == 0
    span = time.monotonic() - began

    parts = []
    for number in range(10):
        victim = started("killed", workers=1 + number % 2)
        time.sleep(rng.uniform(0, span / 5))
        victim.kill()
        assert victim.wait() == -signal.SIGKILL
        parts.append(len(list(tmp_path.glob(".killed.parquet.work/[0-9]*[0-9].parquet"))))
    assert started("killed", workers=2).wait() == 0

    assert parts == sorted(parts)
    assert 0 < max(parts) <= 60
    for kind in kinds:
        whole, killed = tmp_path / f"whole.{kind}", tmp_path / f"killed.{kind}"
        assert whole.read_bytes() == killed.read_bytes(), kind
    assert not list(tmp_path.glob(".killed*"))
