"""When two models must not be compared, and how a test set is told from another."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from stance.evaluation.align import (
    P_COLUMNS,
    Aligned,
    ComparisonRefused,
    Holders,
    Misaligned,
    align,
)


@dataclass(frozen=True, slots=True)
class Side:
    """A model in the comparison.

    ``runs`` are its predictions, one frame for each seed; the first belongs to the artefact
    itself. ``artefact`` is the sha256 of its model folder, ``trained_on`` the article ids that it
    was trained on; where they are not known, the checks that need them are not made.
    """

    name: str
    runs: Sequence[pd.DataFrame]
    artefact: str = ""
    trained_on: Collection[str] = ()


def fingerprint(gold: pd.DataFrame) -> str:
    """The sha256 of a test set: its pairs, texts, target spans and labels, in any order."""
    columns = ("pair_id", "text", "target_spans", "label", "mixed", "unclear")
    rows = zip(*(gold[name] for name in columns), strict=True)
    lines = sorted(json.dumps([_plain(value) for value in row]) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def aligned_runs(gold: pd.DataFrame, side: Side, holders: Holders = "any") -> list[Aligned]:
    """Each run of a side aligned to gold; :class:`ComparisonRefused` where pairs do not line up."""
    if not side.runs:
        raise ComparisonRefused(f"{side.name}: no predictions")
    try:
        return [align(gold, run, holders=holders) for run in side.runs]
    except Misaligned as error:
        raise ComparisonRefused(f"{side.name}: {error}") from error


def refuse_unfit(gold: pd.DataFrame, side: Side, found: str, on_record: str | None) -> None:
    """Refuse a test set that is not the one on record, or that the side was trained on."""
    if on_record and on_record != found:
        raise ComparisonRefused(
            f"the test set is not the one on record (on record {on_record[:12]}, found "
            f"{found[:12]}); restore it, or record the new one and compare anew"
        )
    seen = sorted(set(gold["article_id"].dropna()) & set(side.trained_on) - {""})
    if seen:
        raise ComparisonRefused(
            f"{side.name} was trained on {len(seen)} of the test articles: {', '.join(seen[:3])}"
        )


def refuse_same(champion: Side, challenger: Side, old: Aligned, new: Aligned) -> None:
    """Refuse to compare a model with itself, by its artefact or by its every answer."""
    if champion.artefact and champion.artefact == challenger.artefact:
        raise ComparisonRefused(
            f"challenger and champion are the same artefact ({champion.artefact[:12]})"
        )
    columns = ["predicted", *P_COLUMNS]
    if old.predictions[columns].equals(new.predictions[columns]):
        raise ComparisonRefused(
            "challenger and champion give the same answer and probabilities on every pair: "
            "they are the same model; name another challenger"
        )


def _plain(value: Any) -> Any:
    """Spans as pairs of numbers, a missing label as null, numpy's values as Python's."""
    if value is None or (isinstance(value, float) and value != value):
        return None
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return [[int(span["start"]), int(span["end"])] for span in value]
    return value if isinstance(value, str) else bool(value)
