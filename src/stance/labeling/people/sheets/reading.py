"""Marks from CSV and Excel, as they come back from people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from stance.labeling.people.marks import Held, Mark
from stance.schema.nouns import InputError, Span

_NEEDED = ("pair_id", "label", "annotator")


def read_sheet(path: Path) -> Iterator[Mark]:
    """The marks of a CSV or Excel file; rows are named as a spreadsheet numbers them.

    Raises :class:`InputError` for a file that cannot be read or lacks a column.
    """
    rows = _excel(path) if path.suffix == ".xlsx" else _csv(path)
    if missing := [name for name in _NEEDED if name not in rows]:
        raise InputError(f"{path}: column {', '.join(missing)} is missing")
    saved = datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")
    for number, row in enumerate(rows.to_dict("records"), 2):
        if any(row.values()):
            yield _mark(f"{path}: row {number} ({row['pair_id']})", row, saved)


def _csv(path: Path) -> pd.DataFrame:
    try:
        head = path.read_text(encoding="utf-8-sig").partition("\n")[0]
        separator = max(",;\t", key=head.count)
        options: dict[str, Any] = {"sep": separator, "dtype": str, "keep_default_na": False}
        frame: pd.DataFrame = pd.read_csv(path, encoding="utf-8-sig", **options)
        return frame
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8; save it as 'CSV UTF-8'") from error
    except (OSError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise InputError(f"{path}: {' '.join(str(error).split())}") from error


def _excel(path: Path) -> pd.DataFrame:
    try:
        read: Any = pd.read_excel
        frame: pd.DataFrame = read(path, dtype=str, keep_default_na=False, engine="openpyxl")
    except ImportError as error:
        raise InputError(f"{path}: needs openpyxl: pip install 'news-stance[labeling]'") from error
    except Exception as error:  # openpyxl raises whatever a broken archive brings up
        raise InputError(f"{path}: no workbook: {' '.join(str(error).split())}") from error
    return frame.fillna("")


def _mark(where: str, row: dict[Any, Any], saved: str) -> Mark:
    cells = {str(name): str(value).strip() for name, value in row.items()}
    kind, holder = cells.get("holder_kind", "").lower(), cells.get("holder", "")
    held = Held(kind or "party", holder.removeprefix("'") if kind in ("", "party") else "")
    mark = Mark(
        where=where,
        pair_id=cells["pair_id"].removeprefix("'"),
        text=row.get("sentence"),
        alone=True,
        words=cells.get("target"),
        label=cells["label"].lower(),
        holders=(held,) if kind or holder else (),
        annotator=cells["annotator"],
        time=cells.get("time") or saved,
        codebook=cells.get("codebook", ""),
        comment=cells.get("comment", ""),
    )
    return _with_span(mark, cells)


def _with_span(mark: Mark, cells: dict[str, str]) -> Mark:
    ends = [cells.get(name, "").removesuffix(".0") for name in ("start", "end")]
    if not any(ends):
        return mark
    if not all(end.isdigit() for end in ends):
        return replace(mark, fault=f"start {ends[0]!r}, end {ends[1]!r}: no whole numbers")
    return replace(mark, span=Span(*map(int, ends)))
