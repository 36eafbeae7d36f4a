"""Excel workbooks: rows as they come, roll-ups, and a sheet that explains the columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from stance.schema.defusing import is_formula
from stance.schema.files import whole
from stance.schema.nouns import InputError

#: What a sheet and a cell hold at most; Excel counts characters in UTF-16.
ROWS, CHARACTERS = 2**20, 32_767
_WIDE = {"text": 60, "evidence": 40, "meaning": 100, "basis": 46, "title": 40}
_WIDTH = 14
#: The same rows make the same file, whenever it is written.
_WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)
_CUT = (
    f"A text longer than {CHARACTERS:,} characters is cut in its cell and ends in …; "
    "the other formats hold it whole."
)


class Sheet:
    """A sheet that rows are added to; texts are never formulas or links."""

    def __init__(self, path: Path, book: Any, name: str, columns: Sequence[str], top: str) -> None:
        self._path = path
        self._sheet = book.add_worksheet(name)
        self._quoted = book.add_format({"quote_prefix": True})
        bold = book.add_format({"bold": True})
        for at, column in enumerate(columns):
            self._sheet.set_column(at, at, _WIDE.get(column, _WIDTH))
        self._row = 0
        if top:
            self._sheet.write_string(0, 0, top)
            self._row = 1
        self._sheet.freeze_panes(self._row + 1, 0)
        for at, column in enumerate(columns):
            self._sheet.write_string(self._row, at, column, bold)

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Add rows; :class:`InputError` where Excel has no room for them."""
        for row in rows:
            self._row += 1
            if self._row >= ROWS:
                raise InputError(
                    f"output {self._path}: an Excel sheet holds {ROWS:,} rows and there are more; "
                    "write .csv, .jsonl or .parquet, or score less at once"
                )
            for at, value in enumerate(row):
                self._write(at, value)

    def _write(self, at: int, value: Any) -> None:
        if isinstance(value, str):
            form = self._quoted if is_formula(value) else None
            self._sheet.write_string(self._row, at, _fitting(value), form)
        elif value is not None and value == value:
            self._sheet.write_number(self._row, at, value)


def _fitting(text: str) -> str:
    """A text that fits into a cell."""
    if len(text) * 2 <= CHARACTERS:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * CHARACTERS:
        return text
    return units[: 2 * (CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"


#: Adds a sheet: its name, its columns, and a line on top.
AddSheet = Callable[..., Sheet]


@contextmanager
def workbook(path: Path) -> Iterator[AddSheet]:
    """A workbook to add sheets to, whose rows go to disk one by one; written whole, or not at all,
    when the block ends.
    """
    import xlsxwriter

    with whole(path) as partial:
        book = xlsxwriter.Workbook(str(partial), {"constant_memory": True})
        book.set_properties({"created": _WRITTEN})
        book.use_zip64()
        try:
            yield lambda name, columns, top="": Sheet(path, book, name, columns, top)
        finally:
            book.close()


def add_tables(add_sheet: AddSheet, tables: Mapping[str, pd.DataFrame], top: str) -> None:
    """A sheet for each table."""
    for name, table in tables.items():
        sheet = add_sheet(name, list(table), top)
        sheet.add(table.astype(object).itertuples(index=False, name=None))


def add_meanings(add_sheet: AddSheet, meanings: Mapping[str, Mapping[str, str]]) -> None:
    """A sheet that explains the columns of the others."""
    sheet = add_sheet("Columns", ["sheet", "column", "meaning"])
    for name, columns in meanings.items():
        sheet.add((name, column, meaning) for column, meaning in columns.items())
    sheet.add([("any", "", _CUT)])
