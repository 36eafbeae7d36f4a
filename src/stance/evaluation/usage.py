"""How often a test set has decided: every decision made on it wears it out a little.

The record is one small JSON file, kept beside the test set or in the repository.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from stance.schema.nouns import InputError


@dataclass(frozen=True, slots=True)
class Decision:
    """One verdict reached on a test set; ``when`` is a date and time in ISO 8601."""

    champion: str
    challenger: str
    verdict: str
    when: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """The decisions made on each test set, by the test set's fingerprint."""

    path: Path

    def decisions(self, test_set: str) -> list[Decision]:
        """What has been decided on a test set; :class:`InputError` for an unreadable file."""
        return [Decision(**item) for item in self._read().get(test_set, [])]

    def times_used(self, test_set: str) -> int:
        """How many decisions a test set has served."""
        return len(self.decisions(test_set))

    def record(self, test_set: str, decision: Decision) -> int:
        """Add a decision and return how many there are now; a refusal decides nothing."""
        if decision.verdict == "refused":
            return self.times_used(test_set)
        record = self._read()
        record.setdefault(test_set, []).append(asdict(decision))
        self._write(record)
        return len(record[test_set])

    def _read(self) -> dict[str, list[dict[str, Any]]]:
        if not self.path.exists():
            return {}
        try:
            record = json.loads(self.path.read_text(encoding="utf-8"))
            return {str(key): list(items) for key, items in record["test_sets"].items()}
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise InputError(
                f"{self.path}: not a record of decisions ({type(error).__name__}); "
                "restore it, or move it away to start anew"
            ) from error

    def _write(self, record: dict[str, list[dict[str, Any]]]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        partial = self.path.with_name(f".{self.path.name}.{os.getpid()}.partial")
        partial.write_text(json.dumps({"test_sets": record}, indent=1) + "\n", encoding="utf-8")
        partial.replace(self.path)
