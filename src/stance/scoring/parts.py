"""Parts: the rows of one shard on disk, whole or not at all, with what was counted on the way."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from stance.schema.files import whole
from stance.schema.nouns import Article
from stance.schema.table import ARTICLES, PREDICTIONS, to_arrow
from stance.scoring.cache import lookups
from stance.scoring.rollup import statuses
from stance.scoring.scorer import Scorer, failed
from stance.scoring.shards import Shard

_KEY = b"stance"


@dataclass(frozen=True, slots=True)
class Tally:
    """What stands in a part: of which shard, how many articles, rows and pairs, how they ended.

    Of ``windows`` that were looked up in the cache, ``cached`` were there; the scorer itself broke
    on ``failed`` articles.
    """

    sha256: str
    articles: int
    rows: int
    pairs: int
    statuses: dict[str, int]
    windows: int = 0
    cached: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """The predictions of a shard, and beside them what is known about its articles."""

    path: Path
    tally: Tally

    @classmethod
    def place(cls, folder: Path, number: int) -> Path:
        """Where the part of a shard lies."""
        return folder / f"{number:06d}.parquet"

    @classmethod
    def found(cls, folder: Path, number: int) -> Part | None:
        """The part of a shard where it is there and whole."""
        path = cls.place(folder, number)
        try:
            about = (pq.read_schema(path).metadata or {}).get(_KEY)
        except (OSError, pa.ArrowInvalid):
            return None
        return cls(path, Tally(**json.loads(about))) if about else None

    @classmethod
    def score(cls, folder: Path, shard: Shard, scorer: Scorer) -> Part:
        """Score a shard and write its rows; the articles first, so that no part lacks them."""
        path = cls.place(folder, shard.number)
        windows, found = lookups(scorer.model)
        rows = scorer.score(shard.articles)
        looked_up = lookups(scorer.model)
        tally = Tally(
            shard.sha256,
            len(shard.articles),
            len(rows),
            int(rows["target_party"].notna().sum()),
            statuses(rows),
            looked_up[0] - windows,
            looked_up[1] - found,
            int(failed(rows).sum()),
        )
        about = to_arrow([_about(article) for article in shard.articles], ARTICLES)
        with whole(_articles(path)) as partial:
            pq.write_table(about, partial)
        table = to_arrow(rows, PREDICTIONS)
        with whole(path) as partial:
            pq.write_table(
                table.replace_schema_metadata({_KEY: json.dumps(asdict(tally))}), partial
            )
        return cls(path, tally)

    def frame(self) -> Any:
        """The predictions as a pandas frame."""
        return pq.read_table(self.path).to_pandas()

    def articles(self) -> Iterator[Article]:
        """The articles without their texts."""
        for row in pq.read_table(_articles(self.path)).to_pylist():
            day = row.pop("date")
            yield Article(
                id=row.pop("article_id"),
                text="",
                date=date.fromisoformat(day) if day else None,
                **row,
            )


class StoredArticles(Collection[Article]):
    """The articles of all parts, read again each time that they are asked for."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts

    def __len__(self) -> int:
        """How many articles there are."""
        return sum(part.tally.articles for part in self.parts)

    def __iter__(self) -> Iterator[Article]:
        """The articles in their order."""
        for part in self.parts:
            yield from part.articles()

    def __contains__(self, article: object) -> bool:
        """Whether an article is among them."""
        return any(article == other for other in self)


def _articles(path: Path) -> Path:
    return path.with_suffix(".articles.parquet")


def _about(article: Article) -> dict[str, Any]:
    columns = {name: getattr(article, name) for name in ARTICLES if name != "article_id"}
    day = article.date.isoformat() if article.date else ""
    return columns | {"article_id": article.id, "date": day}
