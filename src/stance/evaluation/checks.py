"""From a contrast of two sides to checks with verdicts: overall, by class, by slice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.stats import norm

from stance.evaluation import family
from stance.evaluation.align import Aligned, Floats
from stance.evaluation.compare import Contrast, detectable
from stance.evaluation.slices import KINDS, Mask, Slice, is_small
from stance.evaluation.verdict import Check, Kind, Verdict
from stance.schema.nouns import LABELS, InputError

OVERALL = "macro-F1"
FEW = "too few pairs to judge"


class Limits(Protocol):
    """What the checks need to know of the gate's settings."""

    @property
    def margin(self) -> float: ...  # noqa: D102
    @property
    def guard_margin(self) -> float: ...  # noqa: D102
    @property
    def alpha(self) -> float: ...  # noqa: D102
    @property
    def overall_share(self) -> float: ...  # noqa: D102
    @property
    def required(self) -> Collection[str]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Subject:
    """What one check is about: its name and the pairs that it is read from."""

    kind: Kind
    name: str
    mask: Mask


def subjects(aligned: Aligned, judged: dict[str, Mask]) -> list[Subject]:
    """The subjects in the order of a contrast's figures."""
    everything = np.ones(aligned.n, bool)
    return [
        Subject("overall", OVERALL, everything),
        *(
            Subject("class", f"F1 of {label}", aligned.truth == code)
            for code, label in enumerate(LABELS)
        ),
        *(Subject("slice", name, mask) for name, mask in judged.items()),
    ]


def declared(
    named: dict[Slice, Mask], wanted: Sequence[str], aligned: Aligned
) -> tuple[dict[str, Mask], dict[str, Mask], list[str]]:
    """The declared slices: those to judge, those too small to judge, and those without pairs.

    ``wanted`` holds kinds (``party``) and single slices (``party=Norland``).
    """
    judged: dict[str, Mask] = {}
    small: dict[str, Mask] = {}
    empty: list[str] = []
    for item in wanted:
        kind = item.split("=", 1)[0]
        if kind not in KINDS:
            raise InputError(f"slices: {kind!r} is no kind of slice; have {', '.join(KINDS)}")
        found = {f"{k}={v}": mask for (k, v), mask in named.items() if item in (k, f"{k}={v}")}
        if not found:
            empty.append(item)
        for name, mask in found.items():
            (small if is_small(mask, aligned.article) else judged)[name] = mask
    return judged, small, empty


def compared(
    found: Contrast, about: Sequence[Subject], aligned: Aligned, limits: Limits
) -> list[Check]:
    """One check for each figure of a contrast, at one error rate for all of them."""
    margins = np.full(len(about), limits.guard_margin)
    margins[0] = limits.margin
    worse, critical = _adjusted(found, limits)
    inferior = found.p_inferior(margins)
    low, high = found.interval(limits.alpha)
    return [
        Check(
            kind=subject.kind,
            name=subject.name,
            verdict=_verdict(float(inferior[k]), float(worse[k]), limits.alpha),
            required=subject.kind == "overall" or subject.name in limits.required,
            n=int(subject.mask.sum()),
            articles=len(np.unique(aligned.article[subject.mask])),
            champion=float(found.champion[k]),
            challenger=float(found.challenger[k]),
            difference=float(found.difference[k]),
            interval=(float(low[k]), float(high[k])),
            p_worse=float(worse[k]),
            p_inferior=float(inferior[k]),
            margin=float(margins[k]),
            error=float(found.error[k]),
            detectable=detectable(float(found.error[k]), critical[k]),
        )
        for k, subject in enumerate(about)
        if np.isfinite(found.difference[k])
    ]


def not_judged(
    small: dict[str, Mask],
    empty: Sequence[str],
    champion: Sequence[Aligned],
    challenger: Sequence[Aligned],
    required: Collection[str],
) -> list[Check]:
    """Declared slices that this test set cannot judge: shown, and never counted as passed."""
    checks = []
    for name, mask in small.items():
        old, new = (
            float(np.mean([run.correct[mask].mean() for run in runs]))
            for runs in (champion, challenger)
        )
        checks.append(
            Check(
                kind="slice",
                name=name,
                verdict="inconclusive",
                required=name in required,
                n=int(mask.sum()),
                articles=len(np.unique(champion[0].article[mask])),
                champion=old,
                challenger=new,
                difference=new - old,
                note=FEW,
            )
        )
    return checks + [
        Check("slice", name, "inconclusive", name in required, n=0, note="no pairs in this set")
        for name in empty
    ]


def _adjusted(found: Contrast, limits: Limits) -> tuple[Floats, list[float]]:
    """Family-wise p-values of "worse", and how many errors below zero each check rejects at."""
    seen = np.nan_to_num(found.difference, nan=0.0)
    first, rest = family.levels(found.null, limits.overall_share, limits.alpha)
    guards = family.critical(found.null[:, 1:], rest)
    worse = family.adjusted(seen, found.null, limits.overall_share)
    return worse, [float(norm.ppf(1 - first))] + [guards] * (len(seen) - 1)


def _verdict(p_inferior: float, p_worse: float, alpha: float) -> Verdict:
    if p_inferior <= alpha:
        return "pass"
    return "fail" if p_worse <= alpha else "inconclusive"
