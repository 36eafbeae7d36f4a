"""Heat maps: who toward whom, and which source toward whom, as numbers on shades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from stance.scoring.report.cues import HOLDERS, shade_of, signed


@dataclass(frozen=True, slots=True)
class Cell:
    """The stances of one row toward one target."""

    support: int
    neutral: int
    opposition: int

    @property
    def text(self) -> str:
        """The counts, as ``+3 −1``."""
        return signed(self.support, self.opposition)

    @property
    def step(self) -> int:
        """The shade, −3 … 3."""
        return shade_of(self.support, self.neutral, self.opposition)


@dataclass(frozen=True, slots=True)
class Heat:
    """A grid with ``cells[row][column]``; ``None`` where there is nothing.

    ``hidden`` counts the stances (support and opposition) that the grid leaves out.
    """

    rows: Sequence[str]
    columns: Sequence[str]
    cells: Sequence[Sequence[Cell | None]]
    hidden: int


def heat(table: pd.DataFrame, key: str, most: int) -> Heat | None:
    """The roll-up's commonest ``key`` × target parties, at most ``most`` of each."""
    polar = table[(table["support"] + table["opposition"]) > 0]
    if polar.empty:
        return None
    rows, columns = (_commonest(polar, name, most) for name in (key, "target_party"))
    shown = polar[polar[key].isin(rows) & polar["target_party"].isin(columns)]
    cells = {
        (row[key], row["target_party"]): Cell(row["support"], row["neutral"], row["opposition"])
        for row in shown.to_dict("records")
    }
    # A row whose targets are all left out would be blank.
    rows = [row for row in rows if any((row, column) in cells for column in columns)]
    grid = [[cells.get((row, column)) for column in columns] for row in rows]
    return Heat(rows, columns, grid, _stances(polar) - _stances(shown))


def _stances(table: pd.DataFrame) -> int:
    return int((table["support"] + table["opposition"]).sum())


def _commonest(table: pd.DataFrame, key: str, most: int) -> list[str]:
    sums = (table["support"] + table["opposition"]).groupby(table[key], sort=True).sum()
    # Whoever has no name stands last.
    ordered = sorted(sums.items(), key=lambda item: (item[0] in HOLDERS, -item[1]))
    return [str(name) for name, _ in ordered[:most]]
