"""What spreadsheets need: text that they would run as a formula is told, and made plain in CSV."""

from __future__ import annotations

from typing import IO, Any

import pandas as pd

#: What a formula, or a cell that turns into one, begins with; wide forms count for some programs.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet could take a cell for a formula."""
    return text.startswith(_FORMULA)


def to_csv(frame: pd.DataFrame, file: IO[str], *, header: bool = True) -> None:
    """Write a frame as CSV (RFC 4180) that a spreadsheet opens as it is and runs nothing of.

    Cells that it would run get an apostrophe before them. ``file`` is open for ``utf-8-sig``, whose
    mark makes spreadsheets read UTF-8, and with ``newline=""``.
    """
    columns = {name: column.map(_defuse) for name, column in frame.items()}
    plain = pd.DataFrame(columns, index=frame.index)
    # Only what stands in the line's end is quoted: with both, no line break splits a row.
    plain.to_csv(file, index=False, header=header, lineterminator="\r\n")


def _defuse(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and is_formula(value) else value
