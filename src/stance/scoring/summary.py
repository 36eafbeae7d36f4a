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
#: What is added up over the parts.
COUNTED = ("articles", "rows", "pairs", "windows", "cached", "failed")


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over all rows, and the first pairs.

    ``reused`` shards came from an earlier run; ``cached`` of ``windows`` from the cache. The scorer
    broke on ``failed`` articles.
    """

    articles: int
    rows: int
    pairs: int
    statuses: dict[str, int]
    first: pd.DataFrame
    reused: int = 0
    windows: int = 0
    cached: int = 0
    failed: int = 0

    @classmethod
    def of(cls, parts: Iterable[Part], reused: int = 0) -> Summary:
        """The summary of all parts of an output."""
        total: Counter[str] = Counter()
        statuses: Counter[str] = Counter()
        first = pd.DataFrame(columns=list(PREDICTIONS))
        for part in parts:
            total.update({name: getattr(part.tally, name) for name in COUNTED})
            statuses.update(part.tally.statuses)
            if len(first) < SHOWN and part.tally.pairs:
                pairs = pairs_of(part.frame())
                first = pd.concat([first, pairs]) if len(first) else pairs
        counts = {name: total[name] for name in COUNTED}
        return cls(
            statuses=dict(statuses.most_common()), first=first.head(SHOWN), reused=reused, **counts
        )


def pairs_of(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that are about a party."""
    return rows[rows["target_party"].notna()]
