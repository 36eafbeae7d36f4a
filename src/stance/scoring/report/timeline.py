"""Stance over time: in days, weeks, months or longer, so that a row of bars fits a phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

#: How many periods there are at most.
PERIODS = 31
#: How many parties have a row of bars.
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """The stances toward one party in one period."""

    period: str
    support: int
    neutral: int
    opposition: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows of bars by party; ``highest`` is the most stances of a kind that a bar shows."""

    unit: str
    periods: Sequence[str]
    rows: dict[str, list[Bar]]
    highest: int


def timeline(table: pd.DataFrame) -> Timeline | None:
    """The roll-up by date, in periods; ``None`` where fewer than two days are known, or where
    nobody is for or against anybody.
    """
    polar = table[(table["date"] != "") & (table["support"] + table["opposition"] > 0)]
    if table.loc[table["date"] != "", "date"].nunique() < 2 or polar.empty:
        return None
    shown = table[(table["date"] != "") & table["target_party"].isin(_commonest(polar))]
    days = [date.fromisoformat(day) for day in shown["date"]]
    unit = next(unit for unit in UNITS if _count(days, unit) <= PERIODS or unit == UNITS[-1])
    numbers = [_NUMBER[unit](day) for day in days]
    sums = shown.groupby(["target_party", pd.Series(numbers, shown.index)])[
        ["support", "neutral", "opposition"]
    ].sum()
    between = range(min(numbers), max(numbers) + 1)
    rows = {
        party: _bars(sums.loc[[party]].droplevel(0), between, unit) for party in _commonest(polar)
    }
    highest = max(max(bar.support, bar.opposition) for bars in rows.values() for bar in bars)
    return Timeline(unit, [_NAME[unit](number) for number in between], rows, highest)


def _commonest(polar: pd.DataFrame) -> list[str]:
    sums = (polar["support"] + polar["opposition"]).groupby(polar["target_party"]).sum()
    return [str(p) for p in sums.sort_values(ascending=False, kind="stable").index[:SHOWN]]


def _bars(sums: pd.DataFrame, between: range, unit: str) -> list[Bar]:
    filled = sums.reindex(between, fill_value=0)
    return [
        Bar(_NAME[unit](number), int(row["support"]), int(row["neutral"]), int(row["opposition"]))
        for number, row in zip(between, filled.to_dict("records"), strict=True)
    ]


def _count(days: Sequence[date], unit: str) -> int:
    return _NUMBER[unit](max(days)) - _NUMBER[unit](min(days)) + 1


def _day(number: int) -> str:
    day = date.fromordinal(number)
    return f"{day.day} {day:%b} {day.year}"


def _month(number: int) -> str:
    year, month = divmod(number, 12)
    return f"{date(year, month + 1, 1):%b} {year}"


#: Each unit's periods are numbered one after another.
_NUMBER: dict[str, Callable[[date], int]] = {
    "day": date.toordinal,
    "week": lambda day: (day.toordinal() - 1) // 7,
    "month": lambda day: 12 * day.year + day.month - 1,
    "year": lambda day: day.year,
    "decade": lambda day: day.year // 10,
    "century": lambda day: day.year // 100,
    "millennium": lambda day: day.year // 1000,
}
_NAME: dict[str, Callable[[int], str]] = {
    "day": _day,
    "week": lambda number: _day(7 * number + 1),
    "month": _month,
    "year": str,
    "decade": lambda number: f"{10 * number}s",
    "century": lambda number: f"{100 * number}s",
    "millennium": lambda number: f"{1000 * number}s",
}
UNITS = tuple(_NUMBER)
