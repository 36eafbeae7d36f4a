"""Whether more labels still change anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from sklearn.metrics import cohen_kappa_score

#: So much agreement between models one after another, on the mean of so many pairs of them.
AGREEMENT, WINDOW = 0.99, 3


@dataclass(frozen=True, slots=True)
class Hint:
    """κ between each two models one after another, and what follows."""

    kappas: tuple[float, ...]
    least: float = AGREEMENT

    @property
    def mean(self) -> float:
        """Of the last ``WINDOW`` agreements."""
        return float(np.mean(self.kappas[-WINDOW:])) if self.kappas else float("nan")

    @property
    def stop(self) -> bool:
        """Whether predictions have become stable."""
        return len(self.kappas) >= WINDOW and self.mean >= self.least

    def __str__(self) -> str:
        if not self.kappas:
            return (
                "stop? name the models of earlier rounds, previous=[OLDEST,…,LAST], to hear "
                "whether predictions still change"
            )
        found = f"the last {min(len(self.kappas), WINDOW)} models agree with κ {self.mean:.3f}"
        if self.stop:
            return f"stop? yes: {found} (from {self.least:g} on, more labels change little)"
        if self.mean >= self.least:
            left = WINDOW - len(self.kappas)
            return f"stop? not yet: {found}, but {left} more rounds have to agree as well"
        return f"stop? no: {found}, below {self.least:g}: labels still change what is predicted"


def stability(rounds: Sequence[Sequence[str]], least: float = AGREEMENT) -> Hint:
    """Stabilised predictions (Bloodgood and Vijay-Shanker 2009, "A method for stopping active
    learning based on stabilizing predictions and the need for user-adjustable stopping").

    ``rounds`` holds what each model, the oldest first, predicts of the same pairs, which should be
    many and need no labels. Stop when Cohen's κ between consecutive models is at least ``least`` on
    the mean of the last three.
    """
    return Hint(tuple(_kappa(a, b) for a, b in pairwise(rounds)), least)


def _kappa(before: Sequence[str], after: Sequence[str]) -> float:
    # κ is not defined where both always say the same one thing: they agree.
    same = len(set(before) | set(after)) < 2
    return 1.0 if same else float(cohen_kappa_score(list(before), list(after)))
