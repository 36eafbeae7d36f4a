"""Draws of articles are what they say, and the same for the same seed."""

from __future__ import annotations

import numpy as np
import pytest

from stance.evaluation.bootstrap import CHUNK, Tally, article_draws, interval, sign_draws


def test_every_draw_has_as_many_articles() -> None:
    chunks = list(article_draws(40, CHUNK + 7, seed=1))
    assert [chunk.shape for chunk in chunks] == [(40, CHUNK), (40, 7)]
    assert (np.hstack(chunks).sum(axis=0) == 40).all()


def test_signs_are_fair() -> None:
    signs = np.hstack(list(sign_draws(200, 500, seed=1)))
    assert set(np.unique(signs)) == {-1.0, 1.0}
    assert abs(signs.mean()) < 0.02


def test_tally_is_the_sum_over_drawn_articles() -> None:
    # given six pairs in three articles
    columns = np.arange(12.0).reshape(6, 2)
    tally = Tally(columns, np.array([0, 0, 1, 1, 1, 2]))
    sums = np.array([columns[:2].sum(0), columns[2:5].sum(0), columns[5]])
    # then
    assert tally.total() == pytest.approx(columns.sum(0))
    weights = np.hstack(list(article_draws(3, 5, seed=4)))
    assert tally.resampled(5, seed=4) == pytest.approx(weights.T @ sums)


def test_the_interval_is_centred_and_wider_for_few_articles() -> None:
    draws = np.random.default_rng(0).normal(0.4, 0.1, (4000, 1))
    low, high = interval(draws, np.array([0.5]), articles=100)
    assert (low + high) / 2 == pytest.approx(0.5, abs=0.01)
    assert high - low == pytest.approx(0.392, abs=0.02)
    few = interval(draws, np.array([0.5]), articles=5)
    assert few[1] - few[0] > 1.1 * (high - low)


def test_a_figure_that_no_draw_defines_stays_undefined() -> None:
    low, high = interval(np.full((10, 1), np.nan), np.array([np.nan]), 10)
    assert np.isnan([low, high]).all()
