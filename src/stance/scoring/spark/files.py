"""The files that Spark reads and writes, wherever they lie: through its own file systems."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from stance.schema.nouns import InputError

LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".jsonl.zst", ".jsonl.bz2")
PARQUET = (".parquet",)


@dataclass(frozen=True, slots=True, order=True)
class InputFile:
    """A file as it was found; a change of its contents shows in its size or its time."""

    path: str
    bytes: int
    changed: str


@dataclass(frozen=True, slots=True)
class FileShard:
    """Input files that are scored in one job, known by what they were when they were found."""

    files: tuple[InputFile, ...]

    @property
    def sha256(self) -> str:
        """The hash of the files' names, sizes and times."""
        return hashlib.sha256(repr(self.files).encode()).hexdigest()


def shards_of(files: Sequence[InputFile], megabytes: float) -> Iterator[FileShard]:
    """Files of one kind in shards of at least ``megabytes``, but for the last."""
    held: list[InputFile] = []
    for file in files:
        if held and is_parquet(held[0].path) != is_parquet(file.path):
            yield FileShard(tuple(held))
            held = []
        held.append(file)
        if sum(each.bytes for each in held) >= megabytes * 2**20:
            yield FileShard(tuple(held))
            held = []
    if held:
        yield FileShard(tuple(held))


def input_files(spark: Any, place: str) -> list[InputFile]:
    """The files of a file, a folder or a glob that Spark can reach, in the order of their names.

    Raises :class:`InputError` for a place that is not there or holds anything but articles.
    """
    from pyspark.errors import AnalysisException

    listed = spark.read.format("binaryFile").option("recursiveFileLookup", "true")
    try:
        rows = listed.load(place).select("path", "length", "modificationTime").collect()
    except AnalysisException as error:
        reason = str(error).split("\n")[0][:200]
        raise InputError(f"{place}: Spark cannot read it: {reason}") from error
    files = sorted(InputFile(row[0], row[1], str(row[2])) for row in rows)
    if not files:
        raise InputError(f"{place}: no articles here; put {', '.join(PARQUET + LINES)} files there")
    if others := [file.path for file in files if not file.path.endswith(PARQUET + LINES)]:
        raise InputError(
            f"{others[0]}: {len(others)} of {len(files)} files are neither Parquet nor JSONL; "
            "engine=local reads them, or name a glob like input='FOLDER/*.parquet'"
        )
    return sorted(files, key=lambda file: (is_parquet(file.path), file))


def is_parquet(path: str) -> bool:
    """Whether a file is Parquet, by its name."""
    return path.endswith(PARQUET)


class Places:
    """Whether folders are there, and their end, in the file system that one of them lies in."""

    def __init__(self, spark: Any, place: str) -> None:
        self._path = spark._jvm.org.apache.hadoop.fs.Path
        self._system = self._path(place).getFileSystem(spark._jsc.hadoopConfiguration())

    def exists(self, place: str) -> bool:
        """Whether there is a file or folder of this name."""
        return bool(self._system.exists(self._path(place)))

    def names(self, place: str) -> list[str]:
        """The names of what lies in a folder."""
        if not self.exists(place):
            return []
        found = self._system.listStatus(self._path(place))
        return sorted(str(each.getPath().getName()) for each in found)

    def remove(self, place: str) -> None:
        """Remove a folder with all that is in it."""
        self._system.delete(self._path(place), True)
