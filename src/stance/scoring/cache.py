"""The cache: what a model has said about a window is kept, and not asked for again.

A key is the hash of the model's bytes, the window and its mentions, so that another threshold,
roll-up or report finds everything, and another model or a changed sentence nothing.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from stance.models.base import Answers
from stance.schema.nouns import LABELS, InputError, Span
from stance.scoring.holders import settle_holders
from stance.scoring.scorer import Model

FILE = "answers.sqlite"
#: Keys that one query asks for.
_CHUNK = 500
#: The share of the answers that go, the oldest first, when the store is full.
_SHED = 0.1
_COLUMNS = ("text", "sentence_start", "sentence_end")


class AnswerStore:
    """Key → value in an SQLite file that several processes may use; no larger than ``megabytes``.

    What is kept is kept in transactions: a killed process leaves the file whole.
    """

    def __init__(self, folder: Path, megabytes: float = 2000) -> None:
        self.path = folder / FILE
        self.most = int(megabytes * 1e6)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"cache {folder}: cannot be made: {error.strerror}") from error
        with self._open() as base:
            base.execute("PRAGMA journal_mode=WAL")
            base.execute(
                "CREATE TABLE IF NOT EXISTS answers "
                "(number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, value TEXT NOT NULL)"
            )

    def look_up(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        """The values of those keys that are there."""
        found: dict[bytes, str] = {}
        with self._open() as base:
            for start in range(0, len(keys), _CHUNK):
                some = keys[start : start + _CHUNK]
                marks = ",".join("?" * len(some))
                found.update(
                    base.execute(f"SELECT key, value FROM answers WHERE key IN ({marks})", some)
                )
        return found

    def keep(self, values: Mapping[bytes, str]) -> None:
        """Add values; where there are too many, the oldest go."""
        with self._open() as base:
            base.executemany(
                "INSERT OR IGNORE INTO answers (key, value) VALUES (?, ?)", values.items()
            )
            if _size(base) > self.most:
                (count,) = base.execute("SELECT count(*) FROM answers").fetchone()
                base.execute(
                    "DELETE FROM answers WHERE number IN "
                    "(SELECT number FROM answers ORDER BY number LIMIT ?)",
                    (int(count * max(_SHED, 1 - self.most / _size(base))) + 1,),
                )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection for one transaction: a process that forks or ends leaves none open."""
        try:
            base = sqlite3.connect(self.path, timeout=60)
            try:
                with base:
                    yield base
            finally:
                base.close()
        except sqlite3.Error as error:
            raise InputError(
                f"cache {self.path}: {error}; remove the file or name another folder"
            ) from error


def _size(base: sqlite3.Connection) -> int:
    """Bytes in use."""
    pages, free, size = (
        base.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


@dataclass(slots=True)
class CachedModel:
    """A model that answers from a store what it has answered before.

    ``windows`` counts what was asked, ``found`` what the store knew.
    """

    model: Model
    sha256: str
    store: AnswerStore
    windows: int = 0
    found: int = 0

    @property
    def threshold(self) -> float:
        """The model's own."""
        return self.model.threshold

    @property
    def languages(self) -> tuple[str, ...]:
        """The model's own."""
        return self.model.languages

    def answer(self, X: pd.DataFrame) -> Answers:
        """The model's answers; only windows that the store does not know are given to the model."""
        frame = X.reset_index(drop=True)
        windows = list(_windows(frame, self.sha256))
        known = self.store.look_up(list(dict.fromkeys(key for key, _ in windows)))
        asked = {key: rows for key, rows in reversed(windows) if key not in known}
        self.windows += len(windows)
        self.found += sum(key in known for key, _ in windows)
        known |= (fresh := self._asked(frame, asked))
        self.store.keep(fresh)
        answers = Answers.without_holders(np.zeros((len(frame), len(LABELS))))
        for key, rows in windows:
            _put(answers, rows, json.loads(known[key]))
        return answers

    def _asked(self, frame: pd.DataFrame, asked: Mapping[bytes, list[int]]) -> dict[bytes, str]:
        """What the model says about windows."""
        rows = sorted(row for some in asked.values() for row in some)
        if not rows:
            return {}
        pairs = frame.iloc[rows].reset_index(drop=True)
        found = self.model.answer(pairs)
        settle_holders(pairs, found)
        place = {row: at for at, row in enumerate(rows)}
        return {
            key: json.dumps(_value(found, [place[row] for row in own]), separators=(",", ":"))
            for key, own in asked.items()
        }


def lookups(model: object) -> tuple[int, int]:
    """How many windows a model was asked about so far, and how many its cache knew."""
    return (model.windows, model.found) if isinstance(model, CachedModel) else (0, 0)


def _windows(frame: pd.DataFrame, sha256: str) -> Iterator[tuple[bytes, list[int]]]:
    """The key and the rows of each window: neighbouring rows of one sentence of one article."""
    names = [name for name in ("article_id", *_COLUMNS) if name in frame]
    places = list(zip(*(frame[name] for name in names), strict=True))
    for place, rows in groupby(range(len(frame)), places.__getitem__):
        own = list(rows)
        asked = [_mentions(frame, row) for row in own]
        window = [sha256, *map(_plain, place[-len(_COLUMNS) :]), asked]
        yield hashlib.sha256(json.dumps(window).encode()).digest(), own


def _mentions(frame: pd.DataFrame, row: int) -> list[Any]:
    """What of a pair the model reads beside the window."""
    kind = frame["holder_kind"][row] if "holder_kind" in frame else "any"
    held = frame["holder_spans"][row] if "holder_spans" in frame else ()
    return [_spans(frame["target_spans"][row]), kind, _spans(held)]


def _spans(found: Iterable[Any] | None) -> list[list[int]]:
    return [] if found is None else [[int(s["start"]), int(s["end"])] for s in found]


def _plain(value: Any) -> Any:
    return value if isinstance(value, str) else int(value)


def _value(found: Answers, rows: list[int]) -> dict[str, Any]:
    """A window's answers; holders count from its first row."""
    own = {row: at for at, row in enumerate(rows)}
    return {
        "p": found.probabilities[rows].tolist(),
        "kinds": [found.holder_kinds[row] for row in rows],
        "holders": [own.get(found.holder_rows[row], -1) for row in rows],
        "truncated": [bool(found.truncated[row]) for row in rows],
        "evidence": [found.evidence[row] for row in rows],
        "named": [
            [at, span.start, span.end]
            for at, row in enumerate(rows)
            if (span := found.holder_spans.get(row))
        ],
    }


def _put(answers: Answers, rows: list[int], value: dict[str, Any]) -> None:
    answers.probabilities[rows] = value["p"]
    for at, row in enumerate(rows):
        holder = value["holders"][at]
        answers.holder_kinds[row] = value["kinds"][at]
        answers.holder_rows[row] = rows[holder] if holder >= 0 else -1
        answers.truncated[row] = value["truncated"][at]
        answers.evidence[row] = value["evidence"][at]
    for at, start, end in value["named"]:
        answers.holder_spans[rows[at]] = Span(start, end)
