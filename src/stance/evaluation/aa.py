"""A/A: what does the gate say where there is nothing to say?

The same recipe is trained with several seeds, or the same model scored again, and the gate judges
the results against each other. What it then calls worse is a false alarm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import pandas as pd

from stance.evaluation.align import Aligned, align
from stance.evaluation.gate import Facts, GateSettings, decide, judge
from stance.evaluation.slices import Mask
from stance.schema.nouns import InputError


@dataclass(frozen=True, slots=True)
class AAReport:
    """What the gate said of equals.

    ``verdicts`` counts over all comparisons of one run with another, in both directions;
    ``flipped`` is the share of pairs of runs whose two directions got different verdicts.
    ``shuffled`` counts over sides mixed from two runs article by article, which are equal by
    construction: its share of ``fail`` estimates the gate's false alarms on this set-up.
    ``differing`` is the mean share of pairs that two runs label differently.
    """

    runs: int
    verdicts: dict[str, int]
    flipped: float
    shuffled: dict[str, int]
    differing: float

    @property
    def false_alarms(self) -> float:
        """The share of comparisons of equals that failed."""
        return self.shuffled.get("fail", 0) / max(sum(self.shuffled.values()), 1)


def aa(
    gold: pd.DataFrame,
    runs: Sequence[pd.DataFrame],
    settings: GateSettings | None = None,
    facts: Facts | None = None,
    *,
    trials: int = 200,
) -> AAReport:
    """Judge runs of the same thing against each other; needs two or more."""
    if len(runs) < 2:
        raise InputError("A/A needs predictions of two or more runs of the same thing")
    settings, facts = settings or GateSettings(draws=2000), facts or Facts()
    aligned = [align(gold, run) for run in runs]
    pairs = list(combinations(aligned, 2))
    both = [(_verdict(a, b, settings, facts), _verdict(b, a, settings, facts)) for a, b in pairs]
    return AAReport(
        runs=len(runs),
        verdicts=dict(Counter(verdict for two in both for verdict in two)),
        flipped=float(np.mean([first != second for first, second in both])),
        shuffled=dict(_shuffled(pairs, settings, facts, trials)),
        differing=float(np.mean([(a.answer != b.answer).mean() for a, b in pairs])),
    )


def _shuffled(
    pairs: Sequence[tuple[Aligned, Aligned]], settings: GateSettings, facts: Facts, trials: int
) -> Counter[str]:
    rng = np.random.default_rng(settings.seed)
    counts = Counter[str]()
    for trial in range(trials):
        a, b = pairs[trial % len(pairs)]
        swap = rng.random(a.articles)[a.article] < 0.5
        counts[_verdict(_mixed(a, b, swap), _mixed(b, a, swap), settings, facts)] += 1
    return counts


def _mixed(a: Aligned, b: Aligned, swap: Mask) -> Aligned:
    """The answers of ``b`` where ``swap`` is set and of ``a`` elsewhere."""
    return replace(a, answer=np.where(swap, b.answer, a.answer))


def _verdict(old: Aligned, new: Aligned, settings: GateSettings, facts: Facts) -> str:
    return decide(judge([old], [new], settings, facts))
