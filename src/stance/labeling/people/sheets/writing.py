"""Pairs as CSV and Excel, a row for each target."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from stance.labeling.people.marks import COLUMNS, HELD_KINDS, SAID, suggestion
from stance.schema.defusing import to_csv
from stance.schema.files import whole
from stance.schema.nouns import CODEBOOK

_WIDTHS = {
    "before": 50,
    "sentence": 70,
    "target": 20,
    "label": 13,
    "holder": 20,
    "comment": 30,
    "why": 25,
}
#: What Excel takes in one cell.
_MOST = 32_767


def to_rows(pairs: pd.DataFrame, annotator: str, *, suggest: bool) -> pd.DataFrame:
    """A row for each target, in :data:`COLUMNS`."""
    found = [_row(row, annotator, suggest) for row in pairs.to_dict("records")]
    return pd.DataFrame(found, columns=list(COLUMNS), dtype=object)


def _row(row: Any, annotator: str, suggest: bool) -> dict[str, Any]:
    low, high = row["sentence_start"], row["sentence_end"]
    spans = [(s["start"] - low, s["end"] - low) for s in row["target_spans"]]
    inside = [(start, end) for start, end in spans if start >= 0 and end <= high - low]
    return {
        "before": row["text"][:low].strip(),
        "sentence": row["text"][low:high],
        "target": row["target"],
        "suggested": suggestion(row) if suggest else "",
        "why": row.get("why", ""),
        "annotator": annotator,
        "codebook": CODEBOOK,
        "pair_id": row["pair_id"],
        "start": inside[0][0] if inside else "",
        "end": inside[0][1] if inside else "",
    }


def write_csv(rows: pd.DataFrame, path: Path) -> None:
    """CSV that spreadsheets read as UTF-8 and never as formulas."""
    with whole(path) as partial, partial.open("w", encoding="utf-8-sig", newline="") as file:
        to_csv(rows.fillna(""), file)


def write_excel(rows: pd.DataFrame, path: Path) -> None:
    """A workbook with the target in bold, lists to choose from, and a sheet that explains."""
    import xlsxwriter

    with whole(path) as partial:
        book = xlsxwriter.Workbook(str(partial), {"strings_to_formulas": False})
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        sheet = book.add_worksheet("targets")
        sheet.freeze_panes(1, 0)
        for at, name in enumerate(COLUMNS):
            sheet.write_string(0, at, name, bold)
            sheet.set_column(at, at, _WIDTHS.get(name, 12), wrap)
        for number, row in enumerate(rows.fillna("").to_dict("records"), 1):
            _write_row(sheet, number, row, bold, wrap)
        for name, choices in (("label", SAID), ("holder_kind", HELD_KINDS)):
            at = list(COLUMNS).index(name)
            sheet.data_validation(
                1, at, len(rows), at, {"validate": "list", "source": list(choices)}
            )
        _explain(book.add_worksheet("columns"), bold)
        book.close()


def _write_row(sheet: Any, number: int, row: dict[Any, Any], bold: Any, wrap: Any) -> None:
    for at, name in enumerate(COLUMNS):
        value = row[name]
        if isinstance(value, int):
            sheet.write_number(number, at, value)
        elif name != "sentence" or not isinstance(row["start"], int):
            sheet.write_string(number, at, str(value)[:_MOST], wrap)
        else:
            start, end = row["start"], row["end"]
            parts: list[Any] = [value[:start]] if start else []
            parts += [bold, value[start:end], *([value[end:]] if value[end:] else [])]
            # A rich string has at least two parts.
            rich = sheet.write_rich_string(number, at, *parts, wrap) if len(parts) > 2 else -1
            if rich != 0:
                sheet.write_string(number, at, str(value)[:_MOST], wrap)


def _explain(sheet: Any, bold: Any) -> None:
    from stance.labeling.codebook import load_codebook

    lines = [*COLUMNS.items(), ("", ""), *load_codebook().labels.items()]
    for at, (name, words) in enumerate(lines):
        sheet.write_string(at, 0, name, bold)
        sheet.write_string(at, 1, words)
    sheet.set_column(1, 1, 120)
