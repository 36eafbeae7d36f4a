"""CSV and TSV with a header; cells may hold line breaks."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from stance.schema.nouns import InputError
from stance.text.lines import LONGEST, NOT_UTF8, TOO_LONG, Lines
from stance.text.records import Row, columns_of, required

_SEPARATORS = ",;\t|"
_QUOTED = re.compile(r'"[^"]*"')
_UNDECODED = re.compile("[\udc80-\udcff]")


def csv_rows(path: Path) -> Iterator[Row]:
    """The rows by number; the separator is what the header has most of.

    A row that is not UTF-8, or has more cells than the header or none for the text, has a fault.
    Raises :class:`InputError` for a header that cannot be read or names no text.
    """
    csv.field_size_limit(LONGEST)
    # Bytes that are not UTF-8 come through as lone surrogates, so that only their row is lost.
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
        lines = Lines(stream)
        first = stream.readline(LONGEST)
        reader = csv.reader(chain([first], lines), delimiter=_separator(first))
        names = _header(path, reader)
        for number, (cells, fault) in enumerate(_records(reader), 1):
            fault = TOO_LONG if lines.cut() else fault or _fault(names, cells)
            yield Row(number, {} if fault else dict(zip(names, cells, strict=False)), fault)


def _separator(header: str) -> str:
    plain = _QUOTED.sub("", header)
    return max(_SEPARATORS, key=plain.count)


def _header(path: Path, reader: Any) -> tuple[str, ...]:
    try:
        names = tuple(next(reader, ()))
    except csv.Error as error:
        raise InputError(f"{path}: the header cannot be read: {error}") from error
    if not names:
        raise InputError(f"{path}: the file is empty; give it text or take it out")
    if _UNDECODED.search("".join(names)):
        raise InputError(f"{path}: {NOT_UTF8}")
    if "\0" in "".join(names):
        raise InputError(f"{path}: a binary file, not CSV")
    required(names, str(path))
    return names


def _records(reader: Any) -> Iterator[tuple[list[str], str]]:
    """Cells, or what is wrong with them; lines without any are no rows."""
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield [], f"broken CSV: {error}"
        else:
            if cells:
                yield cells, ""


def _fault(names: tuple[str, ...], cells: list[str]) -> str:
    if _UNDECODED.search("".join(cells)):
        return NOT_UTF8
    if any(cells[len(names) :]) or len(cells) <= names.index(columns_of(names)["text"]):
        return f"broken CSV: {len(cells)} cells under {len(names)} columns"
    return ""
