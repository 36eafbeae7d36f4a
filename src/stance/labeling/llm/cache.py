"""Answers on disk: what was paid for once is not paid for again."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stance.schema.files import check_place
from stance.schema.nouns import InputError

_TABLE = (
    "create table if not exists answers (key text primary key, content text, "
    "input_tokens integer, output_tokens integer, model text, "
    "time text default (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')))"
)


@dataclass(frozen=True, slots=True)
class Reply:
    """A model's words (``None``: it refused), and the tokens they took."""

    content: str | None
    input_tokens: int
    output_tokens: int


def request_key(request: dict[str, Any]) -> str:
    """The sha256 of a request: server, model, messages, schema and options, and no key."""
    return hashlib.sha256(json.dumps(request, sort_keys=True).encode()).hexdigest()


class AnswerCache:
    """A SQLite file; an answer is safe as soon as it is in, whatever happens to the run."""

    def __init__(self, path: Path) -> None:
        check_place(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._lock = threading.Lock()
        try:
            # Two runs may share it: the second waits for the first one's line.
            self._database = sqlite3.connect(path, timeout=60, check_same_thread=False)
            self._database.execute("pragma journal_mode=wal")
            self._database.execute(_TABLE)
        except sqlite3.Error as error:
            raise InputError(f"cache {path}: {error}; name another file or delete it") from error

    def get(self, key: str) -> Reply | None:
        """The answer to a request that was made before."""
        query = "select content, input_tokens, output_tokens from answers where key = ?"
        with self._lock:
            row = self._database.execute(query, (key,)).fetchone()
        return Reply(*row) if row else None

    def put(self, key: str, model: str, reply: Reply) -> None:
        """Keep an answer."""
        row = (key, reply.content, reply.input_tokens, reply.output_tokens, model)
        columns = "key, content, input_tokens, output_tokens, model"
        with self._lock, self._database:
            self._database.execute(
                f"insert or replace into answers ({columns}) values (?, ?, ?, ?, ?)", row
            )
