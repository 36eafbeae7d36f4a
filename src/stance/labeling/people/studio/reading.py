"""From a JSON export to marks: offsets as Label Studio counts them, annotators, holders."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from stance.labeling.people.marks import Held, Mark
from stance.labeling.people.studio.config import HOLDER, OPEN
from stance.schema.nouns import InputError, Span

Task = dict[str, Any]


def read_tasks(path: Path, people: Mapping[str, str]) -> Iterator[Mark]:
    """The marks of a JSON export; ``people`` gives Label Studio's user ids their names.

    Raises :class:`InputError` for a file that is no list of tasks.
    """
    try:
        tasks = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: no JSON: {' '.join(str(error).split())}") from error
    if not isinstance(tasks, list):
        raise InputError(f"{path}: no list of tasks; export as JSON, not as JSON-MIN or CSV")
    for number, task in enumerate(tasks, 1):
        where = f"{path}: task {number}"
        if not isinstance(task, dict) or not isinstance(task.get("data"), dict):
            yield Mark(where, fault="is no task")
        elif not isinstance(task["data"].get("pairs"), list):
            yield Mark(where, fault="has no data.pairs; was it exported from here?")
        else:
            yield from _task_marks(where, task, people)


def _task_marks(where: str, task: Task, people: Mapping[str, str]) -> Iterator[Mark]:
    annotations = [a for a in task.get("annotations") or [] if not a.get("was_cancelled")]
    if not annotations:
        yield from (Mark(where, str(pair.get("pair_id"))) for pair in task["data"]["pairs"])
    for number, annotation in enumerate(annotations, 1):
        place = where if len(annotations) == 1 else f"{where}, annotation {number}"
        who: dict[str, Any] = {
            "annotator": _name(annotation.get("completed_by"), people),
            "time": str(annotation.get("updated_at") or annotation.get("created_at") or ""),
            "codebook": str(task["data"].get("codebook") or ""),
        }
        yield from _annotation_marks(place, task["data"], annotation.get("result") or [], who)


def _annotation_marks(
    where: str, data: dict[str, Any], result: list[dict[str, Any]], who: dict[str, Any]
) -> Iterator[Mark]:
    text = str(data.get("text", ""))
    regions = {r.get("id"): r for r in result if r.get("type") == "labels"}
    labelled: set[str] = set()
    for name, region in regions.items():
        label = _one(region, "labels")
        if label == HOLDER:
            continue
        span = _span(region, text)
        pair = _pair(data["pairs"], name, span)
        known = f" ({pair['pair_id']})" if pair else ""
        labelled.add(pair["pair_id"] if pair else "")
        yield Mark(
            where=f"{where}, region {name}{known}",
            pair_id=pair["pair_id"] if pair else "",
            text=text,
            span=span,
            label="" if label == OPEN else label,
            holders=tuple(_holders(name, result, regions, text)),
            comment="; ".join(_on_region(result, name, "textarea", "text")),
            fault=None if pair else f"no target stands at {span and (span.start, span.end)}",
            **who,
        )
    for pair in data["pairs"]:
        if pair["pair_id"] not in labelled:
            yield Mark(where, pair["pair_id"])


def _pair(pairs: list[Any], region: Any, span: Span | None) -> Any:
    """The pair that a region is about: by its place, else by its name, which may have moved."""
    here = [p for p in pairs if span == Span(p["start"], p["end"])]
    named = [p for p in pairs if p["region"] == region]
    both = [p for p in here if p in named]
    return next(iter(both or here or named), None)


def _holders(
    region: Any, result: list[dict[str, Any]], regions: Mapping[Any, Any], text: str
) -> Iterator[Held]:
    for item in result:
        if item.get("type") == "relation" and item.get("from_id") == region:
            other = regions.get(item.get("to_id"))
            span = _span(other, text) if other else None
            words = str(other["value"].get("text", "")) if other else str(item.get("to_id"))
            yield Held("party", words, span or Span(0, 0))
    for kind in _on_region(result, region, "choices", "choices"):
        yield Held(kind)


def _on_region(result: list[dict[str, Any]], region: Any, kind: str, key: str) -> list[str]:
    found = [r for r in result if r.get("id") == region and r.get("type") == kind]
    values = [r.get("value", {}).get(key, []) for r in found]
    return [str(v) for value in values for v in (value if isinstance(value, list) else [value])]


def _one(region: Mapping[str, Any], key: str) -> str:
    """A region's label; several become one that is unknown, and so are named."""
    return " + ".join(map(str, region.get("value", {}).get(key) or [])) or OPEN


def _span(region: Mapping[str, Any], text: str) -> Span | None:
    """A region's place in code points; older releases count in UTF-16 units, as browsers do."""
    value = region.get("value", {})
    start, end, words = value.get("start"), value.get("end"), value.get("text")
    if not isinstance(start, int) or not isinstance(end, int):
        return None
    if isinstance(words, str) and text[start:end] != words:
        units = text.encode("utf-16-le")
        if units[2 * start : 2 * end].decode("utf-16-le", "replace") == words:
            before = units[: 2 * start].decode("utf-16-le", "replace")
            return Span(len(before), len(before) + len(words))
    return Span(start, end)


def _name(completed_by: Any, people: Mapping[str, str]) -> str:
    if isinstance(completed_by, dict):
        names = (completed_by.get(key) for key in ("email", "username", "id"))
        completed_by = next((name for name in names if name), None)
    if completed_by is None or completed_by == "":
        return ""
    known = str(completed_by)
    return people.get(known, f"user {known}" if known.isdigit() else known)
