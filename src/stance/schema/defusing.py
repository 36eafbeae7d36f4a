"""Text that a spreadsheet would run as a formula is made plain text."""

from __future__ import annotations

from typing import Any

import pandas as pd

#: What a formula, or a cell that turns into one, begins with; wide forms count for some programs.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet could take a cell for a formula."""
    return text.startswith(_FORMULA)


def defused(frame: pd.DataFrame) -> pd.DataFrame:
    """Text cells that a spreadsheet would run get an apostrophe before them."""
    columns = {name: column.map(_defuse) for name, column in frame.items()}
    return pd.DataFrame(columns, index=frame.index)


def _defuse(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and is_formula(value) else value
