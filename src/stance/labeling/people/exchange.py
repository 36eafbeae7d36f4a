"""Task files out and in, by the ending of their name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from stance.labeling.people.assigning import assign
from stance.labeling.people.marks import Mark
from stance.labeling.people.sheets.reading import read_sheet
from stance.labeling.people.sheets.writing import to_rows, write_csv, write_excel
from stance.labeling.people.studio.config import labeling_config
from stance.labeling.people.studio.reading import read_tasks
from stance.labeling.people.studio.tasks import to_tasks
from stance.schema.files import write_json, write_text
from stance.schema.nouns import InputError

SUFFIXES = (".json", ".csv", ".xlsx")


def export(
    pairs: pd.DataFrame,
    path: Path,
    *,
    annotators: Sequence[str] = (),
    overlap: float = 0.0,
    each: int = 2,
    seed: int = 1,
    suggest: bool = True,
) -> dict[Path, int]:
    """Write a file for each annotator (``tasks-NAME.json``), or one for whoever opens it.

    Returns how many pairs each holds. Raises :class:`InputError` for an ending that is none of
    ours, and for a file that is there: it may hold labels by now.
    """
    several = bool(annotators or overlap)
    files = check_export(path, annotators)
    parts = assign(pairs, annotators, overlap, each, seed) if several else {"": pairs}
    return {file: _write(parts[name], file, name, suggest) for file, name in files.items()}


def check_export(path: Path, annotators: Sequence[str] = ()) -> dict[Path, str]:
    """The files to be written, and whose they are; raises as :func:`export` does."""
    _check_ending(path)
    files = {path.with_stem(f"{path.stem}-{n}") if n else path: n for n in annotators or [""]}
    if there := [str(file) for file in files if file.exists()]:
        raise InputError(f"{there[0]}: is there, and may hold labels; name another output")
    return files


def _write(pairs: pd.DataFrame, file: Path, annotator: str, suggest: bool) -> int:
    if file.suffix == ".json":
        tasks = to_tasks(pairs, suggest=suggest)
        write_json(tasks, file)
        write_text(labeling_config(), file.with_suffix(".config.xml"))
        return sum(len(task["data"]["pairs"]) for task in tasks)
    rows = to_rows(pairs, annotator, suggest=suggest)
    (write_excel if file.suffix == ".xlsx" else write_csv)(rows, file)
    return len(rows)


def read_marks(path: Path, people: Mapping[str, str], annotator: str | None) -> Iterator[Mark]:
    """The marks of a file; ``annotator`` names who labelled, whatever the file says.

    Raises :class:`InputError` for a file that cannot be read at all.
    """
    _check_ending(path)
    if not path.is_file():
        raise InputError(f"{path}: no such file")
    marks = read_tasks(path, people) if path.suffix == ".json" else read_sheet(path)
    for mark in marks:
        yield replace(mark, annotator=annotator) if annotator else mark


def _check_ending(path: Path) -> None:
    if path.suffix not in SUFFIXES:
        raise InputError(f"{path}: ending {path.suffix!r} is none of {', '.join(SUFFIXES)}")
