"""Lines that a challenger has to keep whatever the champion does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stance.evaluation.verdict import Check, Verdict
from stance.schema.nouns import InputError

#: Figures of which less is better: the floor is the most they may be.
CEILINGS = frozenset({"calibration_error"})


def check_floors(
    floors: Mapping[str, float], result: Mapping[str, Any], measured: Mapping[str, float]
) -> list[Check]:
    """One check for each floor.

    ``result`` is the challenger's :func:`stance.evaluation.metrics.evaluate`, whose figures come
    with intervals: such a floor is failed where the whole interval is beyond it, and inconclusive
    where only the figure is. ``measured`` figures (speed, behaviour pass rate) are taken as they
    are. Raises :class:`InputError` for a figure that is in neither.
    """
    return [_check(name, float(floor), result, measured) for name, floor in floors.items()]


def _check(
    name: str, floor: float, result: Mapping[str, Any], measured: Mapping[str, float]
) -> Check:
    intervals = result["interval"]
    if name not in measured and name not in intervals:
        have = ", ".join(sorted({*intervals, *measured}))
        raise InputError(f"floors: {name} was not measured; have {have}")
    value = measured[name] if name in measured else result[name]
    interval = None if name in measured else intervals[name]
    relation = "≤" if name in CEILINGS else "≥"
    if value is None or value != value:
        return Check(
            "floor", f"{name} {relation} {floor:g}", "inconclusive", required=True,
            champion=floor, note="not defined on this test set",
        )  # fmt: skip
    return Check(
        kind="floor",
        name=f"{name} {relation} {floor:g}",
        verdict=_verdict(float(value), interval, floor, -1.0 if name in CEILINGS else 1.0),
        required=True,
        n=None if name in measured else result["n"],
        champion=floor,
        challenger=float(value),
        difference=float(value) - floor,
        interval=None if interval is None else (interval[0] - floor, interval[1] - floor),
        margin=0.0,
    )


def _verdict(value: float, interval: Any, floor: float, sign: float) -> Verdict:
    if sign * (value - floor) >= 0:
        return "pass"
    best = value if interval is None else interval[1 if sign > 0 else 0]
    return "fail" if sign * (best - floor) < 0 else "inconclusive"
