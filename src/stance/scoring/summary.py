"""What a finished scoring tells: how much there was, and how it ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from stance.schema.table import PREDICTIONS
from stance.scoring.parts import Part

#: Pairs that are shown on a terminal.
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over all rows, and the first pairs; ``reused`` shards came from an earlier run."""

    articles: int
    rows: int
    pairs: int
    statuses: dict[str, int]
    first: pd.DataFrame
    reused: int = 0

    @classmethod
    def of(cls, parts: Iterable[Part], reused: int = 0) -> Summary:
        """The summary of all parts of an output."""
        articles = rows = pairs = 0
        statuses: Counter[str] = Counter()
        first = pd.DataFrame(columns=list(PREDICTIONS))
        for part in parts:
            articles += part.tally.articles
            rows += part.tally.rows
            pairs += part.tally.pairs
            statuses.update(part.tally.statuses)
            if len(first) < SHOWN and part.tally.pairs:
                first = (
                    pd.concat([first, pairs_of(part.frame())])
                    if len(first)
                    else pairs_of(part.frame())
                )
        return cls(articles, rows, pairs, dict(statuses.most_common()), first.head(SHOWN), reused)


def pairs_of(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that are about a party."""
    return rows[rows["target_party"].notna()]
