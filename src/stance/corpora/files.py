"""Reading upstream's files: a mistake names file and row, and a missing folder says what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stance.schema.nouns import InputError


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an upstream file, with its place for messages."""

    where: str
    values: dict[str, Any]

    def get(self, *names: str) -> list[Any]:
        """The values of these fields; :class:`InputError` names one that is missing."""
        if missing := [name for name in names if name not in self.values]:
            raise InputError(f"{self.where}: field {', '.join(missing)} is missing")
        return [self.values[name] for name in names]

    def label(self, name: str, names: dict[Any, str]) -> str:
        """The label that a field stands for; :class:`InputError` for a value that is none."""
        (value,) = self.get(name)
        if value not in names:
            known = ", ".join(map(str, names))
            raise InputError(f"{self.where}: {name} {value!r} is none of {known}")
        return names[value]


def under(root: str | None, corpus: str, *parts: str) -> list[Path]:
    """Files or folders below ``root``; :class:`InputError` for one that is not there."""
    if not root:
        raise InputError(f"corpus {corpus}: give the folder of an upstream checkout, corpus.root=…")
    folder = Path(root)
    if not folder.is_dir():
        raise InputError(f"corpus.root {root}: no such folder; it should hold {', '.join(parts)}")
    paths = [folder / part for part in parts]
    if missing := [str(path) for path in paths if not path.exists()]:
        raise InputError(f"{missing[0]}: missing; is {root} an upstream checkout of {corpus}?")
    return paths


def text_lines(path: Path) -> Iterator[tuple[str, str]]:
    """Each line with its place; :class:`InputError` for bytes that are not UTF-8."""
    for number, raw in enumerate(path.read_bytes().split(b"\n"), 1):
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r")
        except UnicodeDecodeError as error:
            raise InputError(f"{path}: row {number}: not UTF-8 at byte {error.start}") from error
        if line.strip():
            yield f"{path}: row {number}", line


def json_lines(path: Path) -> Iterator[Row]:
    """Each JSON object of a JSONL file; :class:`InputError` for a truncated or broken line."""
    for where, line in text_lines(path):
        try:
            values = json.loads(line)
        except ValueError as error:
            raise InputError(f"{where}: broken JSON, is the file truncated? {error}") from error
        if not isinstance(values, dict):
            raise InputError(f"{where}: expected an object, found {type(values).__name__}")
        yield Row(where, values)


def json_file(path: Path) -> Row:
    """A file that is one JSON object."""
    try:
        values = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise InputError(f"{path}: broken JSON, is the file truncated? {error}") from error
    return Row(str(path), values)
