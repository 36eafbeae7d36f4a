"""Resample whole articles, many times at once.

Pairs of one article are not independent, so that the unit that is drawn is the article. Every
figure here is a function of sums over pairs (how many of class i were called j, how much
confidence fell into a bin …). The sums of each article are counted once; a draw is then a matrix
product of "how often was each article drawn" with those sums, and no pair is touched again.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy import sparse

from stance.evaluation.align import Floats, Ints

#: How many draws are worked on at once: bounds memory to this many rows of article weights.
CHUNK = 250


def article_draws(articles: int, draws: int, seed: int) -> Iterator[Floats]:
    """How often each article is drawn: chunks of shape (articles, up to CHUNK draws).

    The same ``articles``, ``draws`` and ``seed`` give the same draws, so that models evaluated on
    the same pairs are resampled together.
    """
    rng = np.random.default_rng(seed)
    for size in _chunks(draws):
        drawn = rng.integers(0, articles, (size, articles))
        flat = (drawn + articles * np.arange(size)[:, None]).ravel()
        counts = np.bincount(flat, minlength=size * articles)
        yield counts.reshape(size, articles).T.astype(np.float64)


def sign_draws(articles: int, draws: int, seed: int) -> Iterator[Floats]:
    """A fair +1 or −1 for each article: chunks of shape (articles, up to CHUNK draws)."""
    rng = np.random.default_rng(seed)
    for size in _chunks(draws):
        yield np.where(rng.integers(0, 2, (articles, size)) > 0, 1.0, -1.0)


def _chunks(draws: int) -> Iterator[int]:
    yield from (min(CHUNK, draws - start) for start in range(0, draws, CHUNK))


class Tally:
    """Columns of per-pair amounts, summed by article, ready to be resampled.

    ``columns`` is a (pairs, F) matrix, sparse or dense; ``article`` (pairs) numbers the articles.
    """

    def __init__(self, columns: Any, article: Ints) -> None:
        pairs = len(article)
        self.articles = int(article.max()) + 1
        member = sparse.csr_array(
            (np.ones(pairs), (article, np.arange(pairs))), shape=(self.articles, pairs)
        )
        self.by_article = sparse.csr_array(member @ sparse.csr_array(columns))

    def total(self) -> Floats:
        """The sums over all articles: shape (F,)."""
        return np.asarray(self.by_article.sum(axis=0), dtype=np.float64).ravel()

    def resampled(self, draws: int, seed: int) -> Floats:
        """The sums when articles are drawn with replacement: shape (draws, F)."""
        return self._weighted(article_draws(self.articles, draws, seed))

    def signed(self, draws: int, seed: int) -> Floats:
        """The sums when each article counts for or against at random: shape (draws, F)."""
        return self._weighted(sign_draws(self.articles, draws, seed))

    def _weighted(self, chunks: Iterator[Floats]) -> Floats:
        turned = sparse.csr_array(self.by_article.T)
        return np.asarray(np.concatenate([turned @ weights for weights in chunks], axis=1).T)


def widening(articles: int) -> float:
    """√(A / (A − 1)), by which a bootstrap of A clusters is too narrow."""
    return float(np.sqrt(articles / max(articles - 1, 1)))


def interval(
    draws: Floats, estimate: Floats | float, articles: int, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Ends of the confidence interval from draws (axis 0) of an estimate.

    The draws are centred on the estimate (a resample repeats articles, which shifts F1 and
    calibration) and widened by √(A / (A − 1)), the usual small-sample factor for A clusters.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a figure that no draw defines stays NaN
        spread = (draws - np.nanmean(draws, axis=0)) * widening(articles)
        low, high = np.nanquantile(spread, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return np.asarray(estimate + low), np.asarray(estimate + high)
