"""What runs in Spark's Python workers: lines of JSON in, rows of predictions out.

A worker loads the model once and keeps it for all tasks that it is given.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pandas as pd

from stance.schema.nouns import Article
from stance.schema.table import PREDICTIONS, disk_schema
from stance.scoring.plan import RULES, Plan
from stance.scoring.scorer import Scorer
from stance.text.jsonlines import json_rows
from stance.text.tables import placed

DATE = "date"
_TYPES = {"string": "string", "int64": "bigint", "double": "double"}
_SPANS = "array<struct<`start`: bigint, `end`: bigint>>"
#: The columns of the rows, as Spark writes types.
SCHEMA = ", ".join(
    [f"{f.name} {_TYPES.get(str(f.type), _SPANS)}" for f in disk_schema(PREDICTIONS)]
    + [f"{DATE} date"]
)
#: The scorers of this process, by what went into them.
_SCORERS: dict[str, Scorer] = {}


@dataclass(frozen=True, slots=True)
class Shipped:
    """A plan on its way to the workers; ``archive`` is its model's folder among Spark's files."""

    plan: Plan
    archive: str
    key: str

    def scorer(self) -> Scorer:
        """The scorer, loaded by the first task that needs it."""
        if self.key not in _SCORERS:
            _SCORERS.clear()
            _SCORERS[self.key] = replace(self.plan, model=self._folder()).scorer()
        return _SCORERS[self.key]

    def _folder(self) -> str:
        from pyspark import SparkFiles

        return RULES if self.plan.model == RULES else str(SparkFiles.get(self.archive))


def score_frames(frames: Iterator[pd.DataFrame], shipped: Shipped) -> Iterator[pd.DataFrame]:
    """For ``mapInPandas``: frames of ``value`` (bytes of a JSON object) and ``path`` → rows.

    Of two articles in a frame that go by the same id, both get the date of the second.
    """
    for frame in frames:
        lines = zip(frame["value"], frame["path"], strict=True)
        articles = [article for line, path in lines for article in _articles(bytes(line), path)]
        if articles:
            yield _dated(shipped.scorer().score(articles), articles)


def _articles(line: bytes, path: str) -> Iterator[Article]:
    """The article of a line; a blank line has none.

    Without an id of its own it goes by the hash of its line: line numbers are not known here.
    """
    file = Path(unquote(urlsplit(path).path))
    for row in json_rows(io.BytesIO(line)):
        digest = blake2b(line.strip(), digest_size=8).hexdigest()
        yield placed(row, file, f"{file.name.split('.')[0]}-{digest}", unquote(path))


def _dated(rows: pd.DataFrame, articles: list[Article]) -> pd.DataFrame:
    dates = {article.id: article.date for article in articles}
    columns: dict[str, Any] = {name: rows[name] for name in PREDICTIONS}
    return pd.DataFrame(columns | {DATE: rows["article_id"].map(dates).astype(object)})
