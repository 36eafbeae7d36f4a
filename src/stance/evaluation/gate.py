"""Is the challenger worse than the champion? A non-inferiority test that knows its own noise.

Every comparison has three outcomes. *Pass*: worse by more than the margin is ruled out. *Fail*: it
is worse, and worse by more than the margin is not ruled out. *Inconclusive*: too little data.
The overall check decides whether the gate passes; the checks by class and slice are guards, which
can only fail it (unless ``required`` names them). ``alpha`` bounds the chance that a model as good
as the champion fails any of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import pandas as pd

from stance.evaluation.align import Aligned
from stance.evaluation.checks import compared, declared, not_judged, subjects
from stance.evaluation.compare import contrast, mcnemar, pairs_needed
from stance.evaluation.flips import flips
from stance.evaluation.floors import check_floors
from stance.evaluation.metrics import evaluate
from stance.evaluation.refusal import Side, aligned_runs, fingerprint, refuse_same, refuse_unfit
from stance.evaluation.slices import slices
from stance.evaluation.verdict import Check, GateReport, Verdict
from stance.evaluation.words import describe
from stance.schema.nouns import InputError

#: How many failing checks the verdict names after the first.
THEN = 3


@dataclass(frozen=True, slots=True)
class GateSettings:
    """What the gate holds a challenger to.

    ``margin``: the loss of macro-F1 that is put up with; ``guard_margin``: the same for each class
    and slice. ``alpha``: the error rate of the whole family, of which the overall check has
    ``overall_share``. ``slices``: kinds (``party``) or single slices (``party=Norland``).
    ``required``: names of guards that have to pass, not only not to fail. ``floors``: the least
    (of calibration error, the most) that a figure may be, ``None`` for none. ``inconclusive``: what
    CI makes of it.
    """

    margin: float = 0.02
    guard_margin: float = 0.05
    alpha: float = 0.05
    overall_share: float = 0.8
    draws: int = 10_000
    seed: int = 0
    slices: Sequence[str] = ("party", "tag", "parties in the sentence", "stances in the sentence")
    required: Collection[str] = ()
    floors: Mapping[str, float | None] = field(default_factory=dict)
    inconclusive: Literal["stop", "pass"] = "stop"

    def __post_init__(self) -> None:
        for name in ("alpha", "overall_share", "margin", "guard_margin", "draws", "seed"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise InputError(f"gate: {name} is a number, not {value!r}")
        for name in ("alpha", "overall_share"):
            if not 0 < getattr(self, name) < 1:
                raise InputError(f"gate: {name} must lie between 0 and 1")
        for name in ("margin", "guard_margin"):
            if not 0 <= getattr(self, name) < 1:
                raise InputError(f"gate: {name} is a loss in shares, from 0 to below 1")
        if self.draws < 100:
            raise InputError("gate: draws must be 100 or more")
        if self.inconclusive not in ("stop", "pass"):
            raise InputError(f"gate: inconclusive is stop or pass, not {self.inconclusive!r}")

    def active_floors(self) -> dict[str, float]:
        """The floors that are set."""
        return {name: floor for name, floor in self.floors.items() if floor is not None}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known beside the predictions, as far as it is.

    ``articles`` and ``known_parties`` serve slices; ``measured`` holds figures for the floors that
    predictions do not tell (speed, behaviour pass rate); ``on_record`` is the test set's
    fingerprint on record; ``times_used`` how many decisions it has served, this one included.
    """

    articles: pd.DataFrame | None = None
    known_parties: Collection[str] | None = None
    measured: Mapping[str, float] = field(default_factory=dict)
    on_record: str | None = None
    times_used: int | None = None


def gate(
    gold: pd.DataFrame,
    challenger: Side,
    champion: Side | None,
    settings: GateSettings | None = None,
    facts: Facts | None = None,
) -> GateReport:
    """Judge a challenger against the champion; where there is none yet, by the floors alone.

    Raises :class:`ComparisonRefused` where a comparison would mean nothing, and
    :class:`InputError` for input that cannot be used.
    """
    settings, facts = settings or GateSettings(), facts or Facts()
    found = fingerprint(gold)
    for side in (challenger, *([champion] if champion else [])):
        refuse_unfit(gold, side, found, facts.on_record)
    new = aligned_runs(gold, challenger)
    checks = _floors(gold, challenger, settings, facts)
    told: dict[str, Any] = {}
    if champion is not None:
        old = aligned_runs(gold, champion)
        refuse_same(champion, challenger, old, new)
        checks = judge(old, new, settings, facts) + checks
        told = _beside(old, new, checks[0], settings)
    verdict = decide(checks)
    return GateReport(
        verdict=verdict,
        reason=_reason(verdict, checks),
        champion=champion.name if champion else "",
        challenger=challenger.name,
        checks=tuple(checks),
        where=tuple(check.name for check in failing(checks)),
        pairs=new[0].n,
        articles=new[0].articles,
        test_set=found,
        times_used=facts.times_used,
        notes=tuple(_notes(champion, challenger, settings, facts)),
        settings=asdict(settings),
        inconclusive_passes=settings.inconclusive == "pass",
        **told,
    )


def judge(
    old: Sequence[Aligned], new: Sequence[Aligned], settings: GateSettings, facts: Facts
) -> list[Check]:
    """The checks of runs against runs: overall, which comes first, classes and slices."""
    aligned = old[0]
    named = slices(aligned.gold, articles=facts.articles, known_parties=facts.known_parties)
    judged, small, empty = declared(named, settings.slices, aligned)
    masks = list(judged.values())
    found = contrast(old, new, masks, draws=settings.draws, seed=settings.seed)
    checks = [
        *compared(found, subjects(aligned, judged), aligned, settings),
        *not_judged(small, empty, old, new, settings.required),
    ]
    if unknown := set(settings.required) - {check.name for check in checks}:
        raise InputError(
            f"gate: required {', '.join(sorted(unknown))} is none of the checks; "
            "declare the slice in slices, or name a class as in “F1 of support”"
        )
    return checks


def _floors(
    gold: pd.DataFrame, challenger: Side, settings: GateSettings, facts: Facts
) -> list[Check]:
    floors = settings.active_floors()
    if not floors:
        return []
    level = 1 - 2 * settings.alpha
    result = evaluate(gold, challenger.runs[0], level=level, seed=settings.seed)
    return check_floors(floors, result, facts.measured)


def _beside(
    old: Sequence[Aligned], new: Sequence[Aligned], overall: Check, settings: GateSettings
) -> dict[str, Any]:
    """McNemar's test, the flips, and how many pairs would decide."""
    return {
        "mcnemar": mcnemar(old[0], new[0]),
        "flips": flips(old[0], new[0]),
        "pairs_needed": _needed(overall, settings),
    }


def _needed(overall: Check, settings: GateSettings) -> int | None:
    """Pairs that would decide, where these did not."""
    if overall.verdict != "inconclusive" or not overall.n:
        return None
    difference, error = overall.difference or 0.0, overall.error or 0.0
    alpha = settings.alpha * settings.overall_share
    return pairs_needed(overall.n, difference, error, settings.margin, alpha)


def decide(checks: Sequence[Check]) -> Verdict:
    """One verdict from all checks: any may fail it, only those required can leave it open."""
    if any(check.verdict == "fail" for check in checks):
        return "fail"
    if any(check.verdict == "inconclusive" and check.required for check in checks):
        return "inconclusive"
    return "pass"


def failing(checks: Sequence[Check]) -> list[Check]:
    """The failing checks, floors after comparisons, that with the most certain loss first.

    That is the loss that even the kinder end of the interval admits: by the loss as it looks, a
    small slice that happened to come out badly would stand before the large one that is the cause.
    """

    def kinder_end(check: Check) -> float:
        return check.interval[1] if check.interval else check.difference or 0.0

    failed = [check for check in checks if check.verdict == "fail"]
    return sorted(failed, key=lambda check: (check.kind == "floor", kinder_end(check)))


def _reason(verdict: Verdict, checks: Sequence[Check]) -> str:
    """One line: what was decided, where first and where then, and how it stands overall."""
    overall = next((check for check in checks if check.kind == "overall"), None)
    failed = failing(checks)
    if overall is None:
        kept = sum(check.verdict == "pass" for check in checks)
        floors = f"{kept} of {len(checks)} floors kept" if checks else "no floors are set"
        parts = [f"no champion to compare with; {floors}"]
        parts += [f"fails at {describe(check)}" for check in failed]
    elif not failed:
        parts = [describe(overall)]
    else:
        parts = [f"first at {describe(failed[0])}"]
        if then := [check.name for check in failed[1:]]:
            parts.append(f"then at {', '.join(then[:THEN])}" + (" …" if len(then) > THEN else ""))
        parts += [f"overall {describe(overall)}"] if failed[0] is not overall else []
    return f"{verdict}: {'; '.join(parts)}"


def _notes(
    champion: Side | None, challenger: Side, settings: GateSettings, facts: Facts
) -> list[str]:
    notes = []
    sides = [side for side in (champion, challenger) if side is not None]
    if champion is not None:
        level = f"{1 - 2 * settings.alpha:.0%}"
        notes.append(f"intervals hold {level}; p of worse holds for all comparisons together")
    runs = [len(side.runs) for side in sides]
    if len(runs) == 2 and max(runs) > 1 and min(runs) == 1:
        notes.append("only one side has runs of several seeds: seed noise is not counted")
    if facts.times_used is not None:
        times = "1 decision" if facts.times_used == 1 else f"{facts.times_used} decisions"
        notes.append(f"this test set has now been used for {times}")
    if facts.on_record is None:
        notes.append("no fingerprint of this test set is on record")
    if unknown := [side.name for side in sides if not side.trained_on]:
        notes.append(f"training articles not known, overlap not checked: {', '.join(unknown)}")
    return notes
