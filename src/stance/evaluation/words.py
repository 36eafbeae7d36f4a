"""Figures and checks in words, the same in the terminal, in CI and in comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from stance.evaluation.checks import FEW
from stance.evaluation.verdict import Check, GateReport

#: The heads of a table of checks, before the verdict; ``cells`` fills them.
HEADS = ("check", "pairs", "champion", "challenger", "points", "interval", "p worse", "could see")


def points(value: float | None) -> str:
    """A difference in points with its sign and one decimal: ``−3.6``."""
    if value is None:
        return "–"
    text = f"{100 * value:+.1f}"
    return "0.0" if text in ("+0.0", "-0.0") else text.replace("-", "−")


def share(value: float | None) -> str:
    """A figure between 0 and 1 with three decimals."""
    return "–" if value is None else f"{value:.3f}"


def amount(value: float | None) -> str:
    """A figure of any size, short: ``0.793``, ``1250``."""
    return "–" if value is None else (share(value) if abs(value) < 10 else f"{value:.0f}")


def chance(value: float | None) -> str:
    """A p-value."""
    return "–" if value is None else ("< 0.001" if value < 0.001 else f"{value:.3f}")


def between(ends: tuple[float, float] | None) -> str:
    """An interval of a difference, in points."""
    return "–" if ends is None else f"{points(ends[0])} to {points(ends[1])}"


def describe(check: Check) -> str:
    """A check in one line."""
    if check.note:
        return f"{check.name}: {check.note}"
    if check.kind == "floor":
        return f"{check.name}: measured {amount(check.challenger)}"
    return (
        f"{check.name} {points(check.difference)} points (interval {between(check.interval)}, "
        f"margin {100 * (check.margin or 0):g}; p of worse {chance(check.p_worse)}, "
        f"p beyond the margin {chance(check.p_inferior)})"
    )


def cells(check: Check) -> tuple[str, ...]:
    """A check as the cells of a table under :data:`HEADS`."""
    floor = check.kind == "floor"
    return (
        check.name,
        "" if check.n is None else str(check.n),
        amount(check.champion),
        amount(check.challenger),
        "" if floor else points(check.difference),
        "" if floor else between(check.interval),
        "" if floor else chance(check.p_worse),
        "" if check.detectable is None else points(-check.detectable),
    )


def mcnemar_line(found: Mapping[str, Any]) -> str:
    """McNemar's test in words."""
    counts = f"{found['lost']} pairs lost, {found['won']} won"
    return f"McNemar's exact test (blind to articles): {counts}, p {chance(found['p'])}"


def too_small(check: Check) -> bool:
    """Whether a check is of a slice that has too few pairs, and nobody requires it."""
    return check.note == FEW and not check.required


def too_small_line(checks: Sequence[Check]) -> str:
    """The slices with too few pairs to judge: how many of each kind, and the largest."""
    kinds: dict[str, list[Check]] = {}
    for check in filter(too_small, checks):
        kinds.setdefault(check.name.split("=")[0], []).append(check)
    told = []
    for kind, found in kinds.items():
        first = max(found, key=lambda check: check.n or 0)
        value = first.name.removeprefix(f"{kind}=")
        largest = f"{value}: {first.n} pairs"
        told.append(
            f"{len(found)} of {kind} (largest {largest})" if len(found) > 1 else f"{kind} {largest}"
        )
    return f"slices with too few pairs to judge: {'; '.join(told)}" if told else ""


def needed_line(report: GateReport) -> str:
    """How many more pairs would decide, were the difference as it looks."""
    total = report.pairs_needed or 0
    return f"about {total - report.pairs} more pairs ({total} in all) would decide"


def count_flips(flips: pd.DataFrame) -> str:
    """How many flips there are, and how they come out for the challenger."""
    counts = flips["outcome"].value_counts()
    told = ", ".join(f"{counts.get(name, 0)} {name}" for name in ("lost", "both wrong", "won"))
    return f"{len(flips)} flips: {told}"
