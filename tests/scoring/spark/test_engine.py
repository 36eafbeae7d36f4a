from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from stance.schema.nouns import InputError
from stance.schema.table import PREDICTIONS, read_table, to_arrow
from stance.scoring.local import LocalEngine
from stance.scoring.plan import Plan
from stance.scoring.source import Source, Watch
from stance.scoring.spark.engine import SparkEngine, place_of
from stance.scoring.spark.session import session
from stance.scoring.summary import Summary
from tests.scoring.spark.conftest import article, written

ENGINE = SparkEngine(
    master="local[2]",
    shard_megabytes=0.0001,
    batch_articles=4,
    settings={"spark.sql.shuffle.partitions": "4"},
)
#: Ends the first worker that has answered once, by the signal of who runs out of memory.
KILLER = """
import os, signal
from pathlib import Path
import stance.scoring.scorer as scorer
score, times = scorer.Scorer.score, []
def deadly(self, articles):
    marker = Path(os.environ["STANCE_TEST_MARKER"])
    if times and not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    times.append(1)
    return score(self, articles)
scorer.Scorer.score = deadly
"""


@pytest.fixture
def spark() -> Iterator[Any]:
    """A session that the engine finds and leaves open."""
    with session(ENGINE.master, ENGINE.settings) as opened:
        yield opened


def run(engine: Any, plan: Plan, place: Path, output: Path) -> tuple[Summary, list[str]]:
    said: list[str] = []
    found = engine.run(plan, Source(str(place)), [output], {}, Watch(tell=said.append))
    return found, said


def rows_of(output: Path) -> list[dict[str, Any]]:
    table = pq.read_table(output, partitioning="hive").select(list(PREDICTIONS))
    return sorted(table.to_pylist(), key=lambda row: row["pair_id"])


@pytest.mark.slow
def test_it_gives_the_rows_of_the_local_engine_by_date_and_goes_on_where_it_was(
    spark: Any, plan: Callable[..., Plan], model_folder: Path, lake: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    found, said = run(ENGINE, plan(model_folder), lake, output)
    local, _ = run(LocalEngine(workers=1), plan(model_folder), lake, tmp_path / "out.parquet")

    expected = to_arrow(read_table(tmp_path / "out.parquet", PREDICTIONS), PREDICTIONS).to_pylist()
    by_id = sorted(expected, key=lambda row: row["pair_id"])
    assert said == []
    assert found.statuses == local.statuses
    assert (found.articles, found.rows, found.pairs) == (local.articles, local.rows, local.pairs)
    assert {"error", "empty", "unsupported_language"} <= set(found.statuses)
    nameless = [row for row in rows_of(output) if row["status"] != "error"]
    assert nameless == [row for row in by_id if row["status"] != "error"]
    days = ["2026-01-02", "2026-01-03", "2026-01-04", "__HIVE_DEFAULT_PARTITION__"]
    assert list(written(output)) == [f"date={day}" for day in days]
    assert not (tmp_path / "out.work").exists()

    # A file that is no Parquet ends the run after the first shard; mended, it goes on from there.
    undisturbed = written(output)
    table, lines = lake / "more" / "two.parquet", lake / "one.jsonl"
    whole, again = table.read_bytes(), tmp_path / "again"

    def stopped() -> None:
        table.write_bytes(b"no table")
        with pytest.raises(InputError, match=r"engine=spark: .*two\.parquet is not a Parquet file"):
            run(ENGINE, plan(model_folder), lake, again)
        table.write_bytes(whole)

    stopped()
    found, said = run(ENGINE, plan(model_folder), lake, again)
    assert (found.reused, said) == (1, [])
    assert written(again) == undisturbed

    # Another threshold is another plan, and another line another shard.
    stopped()
    found, (line,) = run(ENGINE, plan(model_folder, threshold=0.99), lake, again)
    assert "another model, parties or settings" in line
    assert (found.reused, found.statuses["abstained"] > 0) == (0, True)

    stopped()
    lines.write_bytes(lines.read_bytes() + b'{"id": "late", "text": "Mayor Holt left."}\n')
    found, (line,) = run(ENGINE, plan(model_folder), lake, again)
    assert "the input has changed: 1 shards" in line
    assert (found.reused, found.articles) == (0, local.articles + 1)


@pytest.mark.slow
def test_a_task_whose_worker_is_killed_leaves_each_row_once(
    plan: Callable[..., Plan], lake: Path, tmp_path: Path
) -> None:
    run(ENGINE, plan(), lake, tmp_path / "undisturbed")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(KILLER)
    marker = tmp_path / "killed"
    paths = os.pathsep.join([str(tmp_path / "site"), *filter(None, sys.path)])
    environment = {"PYTHONPATH": paths, "STANCE_TEST_MARKER": str(marker)}
    settings = {f"spark.executorEnv.{name}": value for name, value in environment.items()}
    deadly = replace(ENGINE, settings=ENGINE.settings | settings)

    found, _ = run(deadly, plan(), lake, tmp_path / "killed-once")

    assert marker.exists()
    assert found.rows == len({row["pair_id"] for row in rows_of(tmp_path / "killed-once")})
    assert written(tmp_path / "killed-once") == written(tmp_path / "undisturbed")


def test_what_it_cannot_do_is_said_before_any_work(tmp_path: Path) -> None:
    file = tmp_path / "file.parquet"
    file.touch()
    place = Source("lake")

    for source, outputs, said in (
        (Source(text="Hello."), [tmp_path / "out"], "give input=PATH"),
        (Source("-"), [tmp_path / "out"], "give input=PATH"),
        (place, [], "one output=FOLDER"),
        (place, [tmp_path / "one", tmp_path / "two"], "one output=FOLDER"),
        (place, [file], "is a file"),
    ):
        with pytest.raises(InputError, match=said):
            ENGINE.check(source, outputs)
    replace(ENGINE, master="spark://host:7077").check(place, [tmp_path / "out"])


def test_parts_are_not_counted_for_wholes_in_silence(
    plan: Callable[..., Plan], tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="roll_up_parts counts nothing"):
        ENGINE.run(
            plan(), Source("lake"), [tmp_path / "out"], {}, Watch(), part_of={"city": "land"}
        )


@pytest.mark.parametrize("place", ["s3a://bucket/out", "hdfs://name/out", "out", "/data/out"])
def test_an_output_in_another_file_system_keeps_its_name(place: str) -> None:
    assert place_of(Path(place)) == place


def test_the_lake_of_these_tests_is_what_it_says(lake: Path) -> None:
    assert len(pd.read_parquet(lake / "more" / "two.parquet")) == 10
    assert article(0, None)["body"]
