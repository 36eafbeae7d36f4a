"""Figures from counts, one matrix or many, agree with scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import f1_score, matthews_corrcoef

from stance.evaluation import confusion

ANSWERS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=6, max_size=60)


def _counts(pairs: list[tuple[int, int]]) -> np.ndarray:
    counts = np.zeros((3, 4))
    for gold, answer in pairs:
        counts[gold, answer] += 1
    return counts


@settings(max_examples=60, deadline=None)
@given(ANSWERS)
def test_agrees_with_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    gold, answer = np.array(pairs).T
    counts = _counts(pairs)
    present = np.unique(gold)
    expected = f1_score(gold, answer, labels=present, average="macro", zero_division=0)
    assert confusion.macro_f1(counts) == pytest.approx(expected)
    matthews = confusion.matthews(counts)
    if not np.isnan(matthews):
        assert matthews == pytest.approx(matthews_corrcoef(gold, answer), abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(st.lists(ANSWERS, min_size=2, max_size=4))
def test_many_matrices_are_each_by_itself(several: list[list[tuple[int, int]]]) -> None:
    stack = np.array([_counts(pairs) for pairs in several])
    for figure in (confusion.accuracy, confusion.f1, confusion.matthews):
        together = figure(stack)
        alone = [figure(counts) for counts in stack]
        assert np.allclose(together, alone, equal_nan=True)


def test_no_answer_is_an_error_of_its_class_and_of_no_other() -> None:
    counts = np.zeros((3, 4))
    counts[0] = [3, 0, 0, 1]
    counts[1] = [0, 2, 0, 0]
    assert confusion.recall(counts)[0] == 0.75
    assert confusion.precision(counts)[:2].tolist() == [1, 1]
    assert confusion.accuracy(counts) == pytest.approx(5 / 6)
