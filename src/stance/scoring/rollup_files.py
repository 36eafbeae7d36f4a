"""Roll-ups on disk: a workbook, one tidy table, or a folder of CSV files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from stance.schema.defusing import to_csv
from stance.schema.files import check_place, whole
from stance.schema.nouns import InputError
from stance.scoring.columns import ROLLUPS_MEAN
from stance.scoring.rollup import BASIS, KEYS

SUFFIXES = (".csv", ".jsonl", ".parquet", ".xlsx")
#: What the sheets of the roll-ups are called.
SHEETS = {
    "party": "By party",
    "holder": "Holder to target",
    "article": "By article",
    "source": "By source",
    "date": "By date",
}


def check_rollup(path: Path) -> None:
    """Refuse an ending or a place that cannot be written, before any work is done."""
    if path.is_dir() or (not path.suffix and not path.exists()):
        place = path if path.is_dir() else path.parent
        if place.is_dir() and not os.access(place, os.W_OK):
            raise InputError(f"rollup {path}: {place} cannot be written to; name another place")
    elif path.suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise InputError(f"rollup {path}: ending {path.suffix!r} is none of {known}, nor a folder")
    else:
        check_place(path)


def write_rollups(tables: Mapping[str, pd.DataFrame], path: Path, names: Mapping[str, str]) -> None:
    """Write the roll-ups, by the ending of the name; a name without one is a folder's.

    A workbook has a sheet for each; CSV, JSONL and Parquet hold all, told apart by the column
    ``rollup``; in a folder each is a CSV file. Each says on what basis it counts.
    """
    if path.suffix == ".xlsx":
        from stance.scoring.workbook import add_meanings, add_tables, workbook

        with workbook(path) as add_sheet:
            add_tables(add_sheet, sheets(tables, names), BASIS)
            add_meanings(add_sheet, {"roll-ups": ROLLUPS_MEAN})
    elif path.suffix in SUFFIXES and not path.is_dir():
        _write(tidy(tables, names), path)
    else:
        for name, table in tables.items():
            _write(named(table, names).assign(basis=BASIS), path / f"by_{name}.csv")


def sheets(tables: Mapping[str, pd.DataFrame], names: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """The roll-ups by the names of their sheets, with the parties' names."""
    return {SHEETS[name]: named(table, names) for name, table in tables.items()}


def tidy(tables: Mapping[str, pd.DataFrame], names: Mapping[str, str]) -> pd.DataFrame:
    """All roll-ups in one table; keys that a roll-up does not have are empty."""
    rows = [named(tables[name], names).assign(rollup=name, basis=BASIS) for name in KEYS]
    columns = [column for column in ROLLUPS_MEAN if any(column in part for part in rows)]
    found = pd.concat([part.reindex(columns=columns) for part in rows], ignore_index=True)
    words = [column for column in columns if not pd.api.types.is_numeric_dtype(found[column])]
    return found.assign(
        **{name: found[name].astype(object).where(found[name].notna(), None) for name in words}
    )


def named(table: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The table with the name of each party beside its id."""
    table = table.copy()
    for role in ("holder", "target"):
        if f"{role}_party" in table:
            parties = table[f"{role}_party"]
            called = parties.map(lambda party: names.get(party, party)).astype(object)
            table.insert(list(table).index(f"{role}_party") + 1, f"{role}_name", called)
    return table


def _write(table: pd.DataFrame, path: Path) -> None:
    with whole(path) as partial:
        if path.suffix == ".csv":
            with partial.open("w", encoding="utf-8-sig", newline="") as file:
                to_csv(table, file)
        elif path.suffix == ".jsonl":
            table.to_json(partial, orient="records", lines=True, force_ascii=False)
        else:
            table.to_parquet(partial, index=False)
