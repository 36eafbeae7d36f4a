"""What a model answers: the schema that it is given, and the reading of what it makes of it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from stance.schema.nouns import VERDICTS, Verdict

_LABELS = tuple(name for name in VERDICTS if name != "abstain")
_HELD = ("support", "opposition")
_KINDS = ("party", "author", "unnamed", "self", "none")
_FENCE = re.compile(r"^\s*```(?:json)?\s*(.*?)\s*```\s*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Said:
    """A readable answer on one target; ``holder`` is a target's place (from 0) or a kind."""

    label: Verdict
    holder: int | str | None
    why: str


def schema(targets: int) -> dict[str, Any]:
    """The JSON schema of an answer about this many targets (strict: every key is required)."""
    entry = {
        "target": {"type": "integer", "enum": list(range(1, targets + 1))},
        "label": {"type": "string", "enum": list(_LABELS)},
        "holder_kind": {"type": "string", "enum": list(_KINDS)},
        "holder": {"type": "integer", "enum": list(range(targets + 1))},
        "why": {"type": "string"},
    }
    return _object({"answers": {"type": "array", "items": _object(entry)}})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def read_answer(content: str | None, targets: int) -> list[Said | None]:
    """What is said of each target; ``None`` where that cannot be read.

    A target that is left out, stands twice or has an unknown label is unreadable by itself: the
    others still count.
    """
    found: list[Said | None] = [None] * targets
    told: set[int] = set()
    for entry in _entries(content):
        number = entry.get("target")
        if type(number) is not int or not 1 <= number <= targets:
            continue
        found[number - 1] = None if number in told else _said(entry, targets)
        told.add(number)
    return found


def _entries(content: str | None) -> list[dict[str, Any]]:
    """The entries of the answer's list; small models like to wrap it in a code fence."""
    text = content or ""
    if fenced := _FENCE.match(text):
        text = fenced.group(1)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return []
    entries = value.get("answers") if isinstance(value, dict) else None
    return [e for e in entries if isinstance(e, dict)] if isinstance(entries, list) else []


def _said(entry: dict[str, Any], targets: int) -> Said | None:
    label = entry.get("label")
    if label not in _LABELS:
        return None
    why = entry.get("why")
    holder = _holder(entry, targets) if label in _HELD else None
    return Said(label, holder, why if isinstance(why, str) else "")


def _holder(entry: dict[str, Any], targets: int) -> int | str | None:
    """A target's place, a kind, or ``None`` for a holder that is not among the targets."""
    kind, number = entry.get("holder_kind"), entry.get("holder")
    if kind != "party":
        return kind if kind in ("author", "unnamed", "self") else None
    known = type(number) is int and 1 <= number <= targets and number != entry["target"]
    return number - 1 if known else None  # type: ignore[operator]
