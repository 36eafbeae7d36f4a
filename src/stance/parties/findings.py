"""What has been found in an article so far: in order, one party at a place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable
from typing import NamedTuple

#: Reasons against a mention that still say that the article names the party.
NAMED = frozenset({None, "place", "dateline"})


class Found(NamedTuple):
    """A surface in the article's joined text; ``reason`` says why it is no mention."""

    start: int
    end: int
    party: str
    rule: str
    reason: str | None = None


class Findings:
    """The findings so far, in order, and questions about them."""

    def __init__(self, items: Iterable[Found]) -> None:
        self.items = list(items)

    def taken(self, start: int, end: int) -> bool:
        """Whether a mention overlaps ``[start, end)``; what was left out takes no place."""
        where = bisect_right(self.items, (end,))
        near = self.items[max(0, where - 3) : where]
        return any(item.end > start for item in near if item.reason is None)

    def ending(self, at: int) -> str | None:
        """The party of the finding that ends there."""
        where = bisect_right(self.items, (at,))
        return self.items[where - 1].party if where and self.items[where - 1].end == at else None

    def add(self, item: Found) -> None:
        """Put a finding in its place, unless the place is taken."""
        if not self.taken(item.start, item.end):
            self.items.insert(bisect_right(self.items, item[:2]), item)

    def last(
        self,
        before: int,
        parties: Collection[str],
        starts: list[int],
        reach: int,
        only: bool = False,
    ) -> str | None:
        """The last of ``parties`` named before a place, no more than ``reach`` sentences back
        (``starts``: where sentences start); with ``only``, nothing if there are several.
        """
        sentence = bisect_right(starts, before) - 1
        since = starts[max(0, sentence - reach)]
        seen: list[str] = []
        for item in reversed(self.items[: bisect_right(self.items, (before,))]):
            if item.start < since:
                break
            if item.reason in NAMED and item.party in parties:
                seen.append(item.party)
                if not only:
                    break
        return seen[0] if seen and (not only or len(set(seen)) == 1) else None
