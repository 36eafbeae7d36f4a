"""Evaluate one model on one corpus: every figure with its interval, whole and in slices."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from stance.evaluation import calibration, confusion
from stance.evaluation.align import Aligned, Floats, Holders, align
from stance.evaluation.bootstrap import Tally, interval
from stance.evaluation.holders import holder_columns
from stance.evaluation.slices import Mask, Slice, is_small, slices
from stance.schema.nouns import LABELS

DRAWS = 2000
LEVEL = 0.95

Result = dict[str, Any]
Sums = tuple[Floats, Floats]
"""Totals over all pairs, shape (F,), and in each bootstrap draw, shape (draws, F)."""
Ends = Callable[[Floats, Floats], list[Any]]
"""(draws, estimate) → the interval's two ends, as JSON has them."""


def evaluate(
    gold: pd.DataFrame,
    predictions: pd.DataFrame,
    *,
    articles: pd.DataFrame | None = None,
    known_parties: Collection[str] | None = None,
    holders: Holders | None = None,
    draws: int = DRAWS,
    level: float = LEVEL,
    seed: int = 0,
) -> Result:
    """Score ``predictions`` against ``gold``, one corpus, as a dictionary fit for JSON.

    At the top level stand ``n``, ``articles``, ``macro_f1``, ``accuracy``, ``matthews``,
    ``calibration_error``, ``per_class``, ``confusion``, ``reliability``, ``coverage_accuracy``,
    ``slices``, ``holder_right``, ``left_out``, ``statuses``; ``interval`` holds the ends of each
    headline figure's confidence interval, other intervals stand beside their figures. A figure that
    the pairs do not define is ``None``. Intervals come from ``draws`` draws of whole articles.
    Raises :class:`InputError` as :func:`align` does.
    """
    aligned = align(gold, predictions, holders=holders)
    named = slices(aligned.gold, articles=articles, known_parties=known_parties)
    columns = holder_columns(aligned, gold)
    sums = resample(aligned, list(named.values()), draws, seed, columns)

    def ends(drawn: Floats, estimate: Floats) -> list[Any]:
        low, high = interval(drawn, estimate, aligned.articles, level)
        found: list[Any] = plain(np.stack([low, high], axis=-1))
        return found

    return {
        **_facts(aligned),
        **_headline(sums, ends),
        "per_class": _per_class(sums["cells"], ends),
        "confusion": _confusion(sums["cells"][0]),
        "reliability": _reliability(sums["bins"][0]),
        "coverage_accuracy": _coverage(aligned, sums["coverage"], ends),
        "slices": _slices(named, aligned, sums["slices"], ends),
        "holder_right": _holder(sums["holders"], ends) if "holders" in sums else None,
        "bootstrap": {"unit": "article", "draws": draws, "level": level, "seed": seed},
    }


def resample(
    aligned: Aligned, masks: list[Mask], draws: int, seed: int, holders: Floats | None = None
) -> dict[str, Sums]:
    """The sums that all figures are made of, over all pairs and in each draw, by block."""
    blocks = {
        "cells": sparse.csr_array(confusion.cells(aligned)),
        "bins": sparse.csr_array(calibration.bin_columns(aligned)),
        "coverage": sparse.csr_array(calibration.coverage_columns(aligned)),
        "slices": slice_cells(aligned, masks),
    }
    if holders is not None:
        blocks["holders"] = sparse.csr_array(holders)
    tally = Tally(sparse.hstack(list(blocks.values())), aligned.article)
    cuts = np.cumsum([block.shape[1] for block in blocks.values()])[:-1]
    totals = np.split(tally.total(), cuts)
    drawn = np.split(tally.resampled(draws, seed), cuts, axis=1)
    return dict(zip(blocks, zip(totals, drawn, strict=True), strict=True))


def slice_cells(aligned: Aligned, masks: list[Mask]) -> sparse.csr_array:
    """Each pair's confusion cell, once for every slice that it is in: shape (n, 12 · slices)."""
    cell = confusion.cells(aligned).argmax(axis=1)
    pairs, where = np.nonzero(np.column_stack(masks))
    columns = where * confusion.CELLS + cell[pairs]
    shape = (aligned.n, len(masks) * confusion.CELLS)
    return sparse.csr_array((np.ones(len(pairs)), (pairs, columns)), shape=shape)


def plain(values: Any) -> Any:
    """Numbers as JSON has them: Python floats, and ``None`` for what is not defined."""
    if isinstance(values, np.ndarray) and values.ndim:
        return [plain(value) for value in values]
    return None if not np.isfinite(values) else round(float(values), 6)


def _facts(aligned: Aligned) -> Result:
    gold, status = aligned.gold, aligned.predictions.get("status")
    return {
        "corpus": str(gold["corpus"].iloc[0]),
        "construct": str(gold["construct"].iloc[0]),
        "n": aligned.n,
        "articles": aligned.articles,
        "left_out": aligned.left_out,
        "statuses": {} if status is None else status.value_counts().sort_index().to_dict(),
        "unanswered": int((aligned.answer == len(LABELS)).sum()),
    }


def _headline(sums: dict[str, Sums], ends: Ends) -> Result:
    total, drawn = (confusion.matrix(part) for part in sums["cells"])
    present = total.sum(-1) > 0
    figures = {
        "macro_f1": (confusion.macro_f1(total), confusion.macro_f1(drawn, present)),
        "accuracy": (confusion.accuracy(total), confusion.accuracy(drawn)),
        "matthews": (confusion.matthews(total), confusion.matthews(drawn)),
    }
    found: Result = {name: plain(value) for name, (value, _) in figures.items()}
    intervals = {name: _cut(ends(draws, value), -1) for name, (value, draws) in figures.items()}
    squared, draws = (calibration.calibration_squared(part) for part in sums["bins"])
    found["calibration_error"] = plain(calibration.root(squared))
    intervals["calibration_error"] = [
        None if end is None else plain(calibration.root(np.asarray(end)))
        for end in ends(draws, squared)
    ]
    return {**found, "interval": intervals}


def _per_class(cells: Sums, ends: Ends) -> Result:
    total, drawn = (confusion.matrix(part) for part in cells)
    kinds = {"precision": confusion.precision, "recall": confusion.recall, "f1": confusion.f1}
    found: Result = {}
    for code, label in enumerate(LABELS):
        value = {name: figure(total)[code] for name, figure in kinds.items()}
        draws = {name: figure(drawn)[:, code] for name, figure in kinds.items()}
        found[label] = {
            "n": int(total[code].sum()),
            **{name: plain(value[name]) for name in kinds},
            "interval": {name: _cut(ends(draws[name], value[name])) for name in kinds},
        }
    return found


def _confusion(cells: Floats) -> Result:
    counts = confusion.matrix(cells).astype(int).tolist()
    return {"gold": list(LABELS), "answers": [*LABELS, "none"], "counts": counts}


def _reliability(bins: Floats) -> list[Result]:
    size, confidence, right = np.split(bins, 3)
    return [
        {"n": int(n), "confidence": plain(c / n), "accuracy": plain(r / n)}
        for n, c, r in zip(size, confidence, right, strict=True)
        if n
    ]


def _coverage(aligned: Aligned, coverage: Sums, ends: Ends) -> list[Result]:
    total, drawn = (calibration.coverage_accuracy(part) for part in coverage)
    kept = coverage[0][: len(total)] / aligned.n
    found = zip(
        kept, calibration.thresholds(aligned), total, map(_cut, ends(drawn, total)), strict=True
    )
    return [
        {"coverage": plain(c), "threshold": plain(t), "accuracy": plain(a), "interval": i}
        for c, t, a, i in found
    ]


def _slices(named: dict[Slice, Mask], aligned: Aligned, cells: Sums, ends: Ends) -> list[Result]:
    total, drawn = (
        confusion.matrix(part.reshape(*part.shape[:-1], len(named), confusion.CELLS))
        for part in cells
    )
    right, right_drawn = confusion.accuracy(total), confusion.accuracy(drawn)
    present = total.sum(-1) > 0
    several = present.sum(-1) > 1  # the mean over a single class would be its recall in disguise
    macro = np.where(several, confusion.macro_f1(total), np.nan)
    macro_drawn = np.where(several, confusion.macro_f1(drawn, present), np.nan)
    return [
        {
            "slice": kind,
            "value": value,
            "n": int(mask.sum()),
            "articles": len(np.unique(aligned.article[mask])),
            "small": is_small(mask, aligned.article),
            "accuracy": plain(right[k]),
            "macro_f1": plain(macro[k]),
            "interval": {
                "accuracy": _spread(ends(right_drawn[:, k], right[k])),
                "macro_f1": _spread(ends(macro_drawn[:, k], macro[k])),
            },
        }
        for k, ((kind, value), mask) in enumerate(named.items())
    ]


def _holder(sums: Sums, ends: Ends) -> Result | None:
    """How often the holder is right: of all polar pairs with a known one, and of those whose
    stance is.
    """
    asked, of_right = (
        {
            "n": int(sums[0][column]),
            "accuracy": plain(share),
            "interval": _cut(ends(draws, share)),
        }
        for column in (0, 2)
        for share, draws in [[confusion.ratio(s[..., column + 1], s[..., column]) for s in sums]]
    )
    return {**asked, "where_stance_right": of_right} if asked["n"] else None


def _spread(ends: list[float | None]) -> list[float | None]:
    """A slice's interval; unknown where no draw differs from another: a slice of one article, or
    one that is answered all right. That tells of too few articles and not of certainty.
    """
    low, high = _cut(ends)
    return [None, None] if low == high else [low, high]


def _cut(ends: list[float | None], lowest: float = 0.0) -> list[float | None]:
    """An interval's ends, kept to where a share (or a correlation, from −1) can lie."""
    return [None if end is None else min(max(end, lowest), 1.0) for end in ends]
