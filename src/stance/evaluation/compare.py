"""How much worse or better is a challenger than the champion, on the same pairs, and is it noise?

Two bootstraps answer two questions, both with the article as the unit and both models together:

* *How large is the difference?* Articles are drawn with replacement; intervals, and "worse by more
  than a margin is ruled out", come from these draws.
* *Could equal models differ this much?* In each article the two models' answers change sides or
  not, by a fair coin (a wild cluster bootstrap that imposes the null; Cameron, Gelbach and Miller
  2008). For models that are exchangeable this is exact however few the articles of a slice are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.stats import binomtest, norm

from stance.evaluation import confusion
from stance.evaluation.align import Aligned, Floats
from stance.evaluation.bootstrap import Tally, widening
from stance.evaluation.slices import Mask
from stance.schema.nouns import LABELS

#: Figures before those of the slices: macro-F1, then the F1 of each class.
FIXED = 1 + len(LABELS)
#: The chance to see a loss that "smallest loss this test set could have seen" and "pairs that
#: would decide" are about.
POWER = 0.8


@dataclass(frozen=True, slots=True)
class Contrast:
    """Figures of two sides and the noise of their difference; C figures, B draws.

    The figures: macro-F1, F1 of each class, then the accuracy in each slice. ``champion`` and
    ``challenger`` have shape (C,); ``spread`` (B, C) is how far the difference strays around its
    estimate, ``null`` (B, C) the difference between models that are equal.
    """

    champion: Floats
    challenger: Floats
    spread: Floats
    null: Floats

    @property
    def difference(self) -> Floats:
        """Challenger less champion: shape (C,)."""
        return np.asarray(self.challenger - self.champion)

    @property
    def error(self) -> Floats:
        """The standard error of each difference, read off the middle 90 %: shape (C,)."""
        low, high = np.quantile(self.spread, [0.05, 0.95], axis=0)
        return np.asarray((high - low) / (2 * norm.ppf(0.95)))

    def interval(self, alpha: float) -> tuple[Floats, Floats]:
        """Ends that the difference is below, or above, with chance ``alpha`` each."""
        low, high = np.quantile(self.spread, [alpha, 1 - alpha], axis=0)
        return self.difference + low, self.difference + high

    def p_worse(self) -> Floats:
        """For each figure by itself, how often equal models would look at least this bad."""
        return _share(self.null <= self.difference)

    def p_inferior(self, margin: Floats | float) -> Floats:
        """How likely so good a difference is if the true loss is as much as ``margin``."""
        return _share(self.spread >= self.difference + margin)


def contrast(
    champion: Sequence[Aligned],
    challenger: Sequence[Aligned],
    masks: Sequence[Mask] = (),
    *,
    draws: int,
    seed: int,
) -> Contrast:
    """Compare two sides, each one run or runs of several seeds, all aligned to the same gold.

    A side's figures are those of its runs' mean confusion counts. Where both sides have several
    runs, the spread from seed to seed is added to the noise.
    """
    mean = [_columns(runs, masks) for runs in (champion, challenger)]
    sizes = sparse.csr_array(_stack(champion[0].n, masks))
    article, width = champion[0].article, mean[0].shape[1]
    both = Tally(sparse.hstack([*mean, sizes]), article)
    total, drawn = both.total(), both.resampled(draws, seed)
    swing = Tally((mean[1] - mean[0]) / 2, article).signed(draws, seed + 1)
    middle, size = (total[:width] + total[width : 2 * width]) / 2, total[2 * width :]
    present = confusion.matrix(total[: confusion.CELLS]).sum(-1) > 0
    old, new = (_figures(total[k * width : (k + 1) * width], size, present) for k in range(2))
    old_drawn, new_drawn = (
        _figures(drawn[:, k * width : (k + 1) * width], drawn[:, 2 * width :], present)
        for k in range(2)
    )
    moved = np.nan_to_num(new_drawn - old_drawn, nan=0.0)
    spread = (moved - moved.mean(axis=0)) * widening(both.articles)
    null = _figures(middle + swing, size, present) - _figures(middle - swing, size, present)
    seeds = _seed_noise(champion, challenger, masks, present, draws, seed + 2)
    return Contrast(old, new, spread + seeds, np.nan_to_num(null, nan=0.0) + seeds)


def mcnemar(champion: Aligned, challenger: Aligned) -> dict[str, Any]:
    """Pairs lost and won, and the exact two-sided test that they are as many; blind to articles."""
    lost = int((champion.correct & ~challenger.correct).sum())
    won = int((challenger.correct & ~champion.correct).sum())
    p = binomtest(lost, lost + won).pvalue if lost + won else 1.0
    return {"lost": lost, "won": won, "p": float(p)}


def detectable(error: float, critical: float) -> float:
    """The smallest true loss that is shown in four tests of five; ``critical`` in errors."""
    return float((critical + norm.ppf(POWER)) * error)


def pairs_needed(
    n: int, difference: float, error: float, margin: float, alpha: float
) -> int | None:
    """How many pairs in all would decide in four tests of five, were the difference as it looks.

    ``None`` if no number would: the difference lies exactly on both lines.
    """
    reach = (norm.ppf(1 - alpha) + norm.ppf(POWER)) * error
    to_pass = n * (reach / (difference + margin)) ** 2 if difference > -margin else np.inf
    to_fail = n * (reach / difference) ** 2 if difference < 0 else np.inf
    least = min(to_pass, to_fail)
    return int(np.ceil(max(least, n + 1))) if np.isfinite(least) else None


def _columns(runs: Sequence[Aligned], masks: Sequence[Mask]) -> Any:
    """Per pair, mean over runs: its confusion cell, and in each slice whether it is right."""
    cells = np.mean([confusion.cells(run) for run in runs], axis=0)
    right = np.mean([run.correct for run in runs], axis=0)
    return sparse.csr_array(np.hstack([cells, _stack(len(right), masks) * right[:, None]]))


def _stack(n: int, masks: Sequence[Mask]) -> Floats:
    return np.column_stack(masks).astype(np.float64) if masks else np.zeros((n, 0))


def _figures(sums: Floats, sizes: Floats, present: Any) -> Floats:
    """From sums (..., 12 + slices) and slice sizes to figures (..., 4 + slices)."""
    counts = confusion.matrix(sums[..., : confusion.CELLS])
    macro = confusion.macro_f1(counts, present)[..., None]
    right = confusion.ratio(sums[..., confusion.CELLS :], sizes)
    return np.concatenate([macro, confusion.f1(counts), right], axis=-1)


def _seed_noise(
    champion: Sequence[Aligned],
    challenger: Sequence[Aligned],
    masks: Sequence[Mask],
    present: Any,
    draws: int,
    seed: int,
) -> Floats | float:
    """Draws of how far the difference strays from seed to seed: shape (draws, C), or 0.

    Both sides' runs are taken to stray alike. A spread estimated from a few runs is itself
    uncertain, hence a multivariate t with as many degrees of freedom as there are runs to spare.
    Part of the spread is due to the articles and counted there too: this errs on the side of noise.
    """
    if min(len(champion), len(challenger)) < 2:
        return 0.0
    size = _stack(champion[0].n, masks).sum(axis=0)
    strays, scale = [], 0.0
    for runs in (champion, challenger):
        sums = np.array([_columns([run], masks).sum(axis=0) for run in runs])
        found = np.nan_to_num(_figures(sums, size, present))
        strays.append(found - found.mean(axis=0))
        scale += 1 / len(runs)
    apart: Floats = np.concatenate(strays)
    spare = len(apart) - 2
    rng = np.random.default_rng(seed)
    heavy = 1 / np.sqrt(rng.chisquare(spare, (draws, 1)))  # √spare cancels out of both factors
    noise: Floats = rng.standard_normal((draws, len(apart))) @ apart
    return np.asarray(noise * heavy * np.sqrt(scale))


def _share(events: Any) -> Floats:
    """The share of draws (axis 0), counting the data themselves as one more draw."""
    return np.asarray((events.sum(axis=0) + 1) / (events.shape[0] + 1))
