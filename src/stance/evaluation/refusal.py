"""When two models must not be compared, and how a test set is told from another."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import pandas as pd

from stance.evaluation.align import (
    P_COLUMNS,
    Aligned,
    ComparisonRefused,
    Holders,
    Misaligned,
    align,
    named,
)
from stance.evaluation.traces import seen_in_training


@dataclass(frozen=True, slots=True)
class Side:
    """A model in the comparison.

    ``runs`` are its predictions, one frame for each seed. ``sources`` name the runs where they
    differ from the side. ``artefacts`` are the sha256 of the runs' model folders, ``trained_on``
    the traces of what they were trained on (:mod:`stance.evaluation.traces`); where they are not
    known, the checks that need them are not made.
    """

    name: str
    runs: Sequence[pd.DataFrame]
    artefacts: Collection[str] = ()
    trained_on: Collection[str] = ()
    sources: Sequence[str] = ()

    def source(self, run: int) -> str:
        """What to call one of the runs."""
        return self.sources[run] if self.sources else self.name


def fingerprint(gold: pd.DataFrame) -> str:
    """The sha256 of a test set: its pairs, texts, target spans and labels, in any order."""
    columns = ("pair_id", "text", "target_spans", "label", "mixed", "unclear")
    rows = zip(*(gold[name] for name in columns), strict=True)
    lines = sorted(json.dumps([_plain(value) for value in row]) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def aligned_runs(gold: pd.DataFrame, side: Side, holders: Holders | None = None) -> list[Aligned]:
    """Each run of a side aligned to gold; :class:`ComparisonRefused` where pairs do not line up."""
    if not side.runs:
        raise ComparisonRefused(f"{side.name}: no predictions")
    return [_aligned(gold, run, side.source(k), holders) for k, run in enumerate(side.runs)]


def _aligned(gold: pd.DataFrame, run: pd.DataFrame, name: str, holders: Holders | None) -> Aligned:
    try:
        with named(name):
            return align(gold, run, holders=holders)
    except Misaligned as error:
        raise ComparisonRefused(str(error)) from error


def refuse_unfit(gold: pd.DataFrame, side: Side, found: str, on_record: str | None) -> None:
    """Refuse a test set that is not the one on record, or that the side was trained on."""
    if on_record and on_record != found:
        raise ComparisonRefused(
            f"the test set is not the one on record (on record {on_record[:12]}, found "
            f"{found[:12]}); restore it, or put this one on record with gate.on_record=new"
        )
    if seen := seen_in_training(gold, side.trained_on):
        raise ComparisonRefused(
            f"{side.name} was trained on {len(seen)} of the test articles: {_some(seen)}"
        )


def _some(names: Iterable[str], shown: int = 3) -> str:
    """The first few of many names."""
    listed = list(names)
    return ", ".join(listed[:shown]) + (", …" if len(listed) > shown else "")


def refuse_same(
    champion: Side, challenger: Side, old: Sequence[Aligned], new: Sequence[Aligned]
) -> None:
    """Refuse to compare a model with itself, by its artefact or by its every answer.

    No run of one side may be a run of the other, and none may stand twice on its own side.
    """
    if shared := set(champion.artefacts) & set(challenger.artefacts):
        raise ComparisonRefused(
            f"challenger and champion are the same artefact ({min(shared)[:12]})"
        )
    for side in (champion, challenger):
        if len(set(side.artefacts)) < len(side.artefacts):
            raise ComparisonRefused(
                f"{side.name}: the same artefact stands twice among the runs; "
                "runs of several seeds are a model each"
            )
    columns = ["predicted", *P_COLUMNS]
    for one, other in product(old, new):
        if one.predictions[columns].equals(other.predictions[columns]):
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
