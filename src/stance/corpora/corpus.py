"""A corpus: labelled pairs with their articles and what is known of where they come from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from stance.schema.nouns import Construct


@dataclass(slots=True)
class Corpus:
    """What a loader gives. ``inputs`` is the sha256 of every file that was read, by name.

    ``repairs`` counts what a rule mended and ``left_out`` what could not be read into the table,
    each by its reason: a corpus is never shorter in silence.
    """

    name: str
    construct: Construct
    pairs: pd.DataFrame
    articles: pd.DataFrame
    licence: str
    source: str
    restricted: bool = False
    revision: str = ""
    inputs: dict[str, str] = field(default_factory=dict)
    repairs: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)


def file_hashes(paths: Iterable[Path], root: Path) -> dict[str, str]:
    """The sha256 of each file, by its name below ``root``."""
    found = {}
    for path in sorted(paths):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        found[path.relative_to(root).as_posix()] = digest
    return found
