"""Which test set decides, and how often it has: every decision made on it wears it out a little.

The record is one small JSON file, kept beside the test set or in the repository.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from stance.schema.files import write_json
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
    """The decisions made on each test set, by its fingerprint, and what is on record by name."""

    path: Path

    def decisions(self, test_set: str) -> list[Decision]:
        """What has been decided on a test set; :class:`InputError` for an unreadable file."""
        return self._read()[0].get(test_set, [])

    def times_used(self, test_set: str) -> int:
        """How many decisions a test set has served."""
        return len(self.decisions(test_set))

    def on_record(self, name: str) -> str | None:
        """The fingerprint under which a test set ("project/dev") decided last."""
        return self._read()[1].get(name)

    def record(self, name: str, test_set: str, decision: Decision) -> int:
        """Add a decision, put its test set on record, and return how many decisions there are now.

        A refusal decides nothing.
        """
        if decision.verdict == "refused":
            return self.times_used(test_set)
        decisions, on_record = self._read()
        decided = decisions.setdefault(test_set, [])
        decided.append(decision)
        told = {known: [asdict(one) for one in items] for known, items in decisions.items()}
        write_json({"on_record": on_record | {name: test_set}, "test_sets": told}, self.path)
        return len(decided)

    def _read(self) -> tuple[dict[str, list[Decision]], dict[str, str]]:
        if not self.path.exists():
            return {}, {}
        try:
            record = json.loads(self.path.read_text(encoding="utf-8"))
            decisions = {
                str(known): [Decision(**item) for item in items]
                for known, items in record["test_sets"].items()
            }
            return decisions, dict(record.get("on_record", {}))
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise InputError(
                f"{self.path}: not a record of decisions ({type(error).__name__}); "
                "restore it, or move it away to start anew"
            ) from error
