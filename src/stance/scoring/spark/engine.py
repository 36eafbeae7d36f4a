"""The engine of many machines: the same scorer on Spark, which schedules, retries and commits.

The input's files are taken in shards, each a job of its own that Spark commits whole under a name
made of what went into it; a run that was ended goes on with the shards that are missing. Then all
rows are written once more, a folder a date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from stance.schema.nouns import InputError
from stance.scoring.plan import TORCH, Plan, check_runtime, hash_of
from stance.scoring.scorer import FAILED
from stance.scoring.source import Source, Watch
from stance.scoring.spark.files import FileShard, Places, input_files, is_parquet, shards_of
from stance.scoring.spark.rows import DATE, SCHEMA, Shipped, score_frames
from stance.scoring.spark.session import explained, session, shipped
from stance.scoring.summary import SHOWN, Summary
from stance.text.articles import STDIN
from stance.text.records import columns_of, required

_DONE = "_SUCCESS"
NO_ROLLUP = (
    "writes no rollup, so that roll_up_parts counts nothing; sum up its Parquet on the cluster"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SparkEngine:
    """Scores Parquet or JSONL into a folder of Parquet, on ``master``.

    A shard is at least ``shard_megabytes`` of whole files, an executor's worker scores
    ``batch_articles`` at a time, a date is written as ``files_per_date`` files. ``settings`` are
    Spark's own.
    """

    master: str = "local[*]"
    shard_megabytes: float = 1024
    batch_articles: int = 500
    files_per_date: int = 1
    threads: int | None = 1
    tokens: int | None = None
    runtime: str = TORCH
    settings: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_runtime(self.runtime)

    def check(self, source: Source, outputs: Sequence[Path], rollup: Path | None = None) -> None:
        """Raise :class:`InputError` for what Spark cannot read, or a place for one file."""
        if source.place in (None, STDIN):
            raise InputError("engine=spark: give input=PATH of Parquet or JSONL files")
        if rollup is not None:
            raise InputError(f"engine=spark: {NO_ROLLUP}")
        if len(outputs) != 1:
            raise InputError("engine=spark: give one output=FOLDER; it becomes Parquet by date")
        if outputs[0].is_file():
            raise InputError(f"output {outputs[0]}: is a file; name a folder for Parquet by date")

    def run(
        self,
        plan: Plan,
        source: Source,
        outputs: Sequence[Path],
        names: Mapping[str, str],
        watch: Watch,
        *,
        rollup: Path | None = None,
        part_of: Mapping[str, str] | None = None,
    ) -> Summary:
        """Score the source into the output; shards that an earlier run has done stay.

        Raises :class:`InputError` for a ``rollup`` or ``part_of``: there are no roll-ups here.
        """
        if rollup is not None or part_of:
            raise InputError(f"engine=spark: {NO_ROLLUP}")
        plan = replace(plan, threads=self.threads, tokens=self.tokens, runtime=self.runtime)
        output = place_of(outputs[0])
        with session(self.master, self.settings) as spark, explained(str(source.place)):
            spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", self.batch_articles)
            work = SparkWork(spark, f"{output}.work", hash_of(plan.fingerprint())[:16])
            files = input_files(spark, str(source.place))
            shards = list(shards_of(files, self.shard_megabytes))
            reused = work.begin(shards, watch.tell)
            with shipped(spark, plan) as sent:
                for shard in shards:
                    if not work.done(shard):
                        scored(spark, shard, sent).write.mode("overwrite").parquet(
                            work.place(shard)
                        )
            rows = spark.read.schema(SCHEMA).parquet(*map(work.place, shards))
            write_by_date(rows, output, self.files_per_date)
            work.places.remove(work.folder)
            return _summary(spark.read.schema(SCHEMA).parquet(output), reused)


def place_of(output: Path) -> str:
    """The output as Spark is to read it: a path loses a slash of ``s3a://``."""
    scheme, colon, rest = str(output).partition(":/")
    return f"{scheme}://{rest.lstrip('/')}" if colon and "/" not in scheme else str(output)


@dataclass(frozen=True, slots=True)
class SparkWork:
    """Finished shards in folders named by what went into them: the plan, then the files."""

    spark: Any
    folder: str
    plan: str

    @property
    def places(self) -> Places:
        """The file system of the work folder."""
        return Places(self.spark, self.folder)

    def place(self, shard: FileShard) -> str:
        """The folder of a shard."""
        return f"{self.folder}/{self.plan}/{shard.sha256[:16]}"

    def done(self, shard: FileShard) -> bool:
        """Whether Spark has committed this shard."""
        return self.places.exists(f"{self.place(shard)}/{_DONE}")

    def begin(self, shards: Sequence[FileShard], tell: Any) -> int:
        """Drop what is of another plan or of other files, and say so; how many shards are done."""
        places, known = self.places, {shard.sha256[:16] for shard in shards}
        if others := [name for name in places.names(self.folder) if name != self.plan]:
            tell(f"{self.folder}: left by a run with another model, parties or settings: dropped")
        for name in others:
            places.remove(f"{self.folder}/{name}")
        own = f"{self.folder}/{self.plan}"
        if stale := [name for name in places.names(own) if name not in known]:
            tell(f"the input has changed: {len(stale)} shards of an earlier run dropped")
        for name in stale:
            places.remove(f"{own}/{name}")
        return sum(map(self.done, shards))


def scored(spark: Any, shard: FileShard, sent: Shipped) -> Any:
    """The rows of a shard, as a frame of Spark's that has yet to be computed."""
    broadcast = spark.sparkContext.broadcast(sent)

    def score(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        return score_frames(frames, broadcast.value)

    return read(spark, shard).mapInPandas(score, SCHEMA)


def read(spark: Any, shard: FileShard) -> Any:
    """A shard's articles: ``value``, the bytes of a JSON object, and ``path``, its file."""
    from pyspark.sql import functions as F

    paths = [file.path for file in shard.files]
    path = F.col("_metadata.file_path").alias("path")
    if not is_parquet(paths[0]):
        lines = spark.read.option("lineSep", "\n").text(paths)
        return lines.select(F.col("value").cast("binary").alias("value"), path)
    table = spark.read.option("mergeSchema", "true").parquet(*paths)
    required(table.columns, paths[0])
    types = dict(table.dtypes)
    known = [
        # Bytes would come out of JSON in base 64.
        F.col(f"`{name}`").cast("string").alias(name) if types[name] == "binary" else f"`{name}`"
        for name in columns_of(tuple(table.columns)).values()
    ]
    return table.select(F.to_json(F.struct(*known)).cast("binary").alias("value"), path)


def write_by_date(rows: Any, output: str, files: int) -> None:
    """Write Parquet in a folder a date: the same rows always as the same files, whatever the
    order in which tasks ended.
    """
    from pyspark.sql import functions as F

    spark = rows.sparkSession
    merge = "spark.sql.adaptive.coalescePartitions.enabled"
    before = spark.conf.get(merge)
    spark.conf.set(merge, "false")
    try:
        bucket = F.pmod(F.xxhash64("article_id"), F.lit(files))
        (
            rows.repartition(DATE, bucket)
            .sortWithinPartitions(DATE, "article_id", "sentence_index", "pair_id")
            .write.mode("overwrite")
            .option("partitionOverwriteMode", "static")
            .partitionBy(DATE)
            .parquet(output)
        )
    finally:
        spark.conf.set(merge, before)


def _summary(rows: Any, reused: int) -> Summary:
    from pyspark.sql import functions as F

    broke = F.when(F.col("evidence").startswith(FAILED), 1)
    counts = (F.count("*"), F.count("target_party"), F.count(broke))
    by_status = rows.groupBy("status").agg(*counts).collect()
    statuses = {row[0]: int(row[1]) for row in sorted(by_status, key=lambda row: -row[1])}
    pairs = rows.where("target_party is not null")
    return Summary(
        articles=int(rows.select(F.countDistinct("article_id")).first()[0]),
        rows=sum(statuses.values()),
        pairs=sum(int(row[2]) for row in by_status),
        statuses=statuses,
        failed=sum(int(row[3]) for row in by_status if row[0] == "error"),
        first=pairs.orderBy("article_id", "sentence_index").limit(SHOWN).toPandas(),
        reused=reused,
    )
