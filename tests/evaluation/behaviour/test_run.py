"""Models are judged case by case, and the failing sentences are shown."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stance.evaluation.behaviour import load_suite, run, score
from stance.schema.nouns import LABELS, InputError
from stance.schema.table import PREDICTIONS


def _always_neutral(pairs: pd.DataFrame) -> np.ndarray:
    return np.tile([0.2, 0.6, 0.2], (len(pairs), 1))


def _answers(predicted: pd.Series) -> pd.DataFrame:
    """A predictions file that gives these answers."""
    frame = load_suite().pairs.reindex(columns=list(PREDICTIONS)).copy()
    frame["predicted"] = predicted
    for label in LABELS:
        frame[f"p_{label}"] = np.where(predicted == label, 0.8, 0.1)
    return frame


def test_always_neutral_reads_nothing() -> None:
    report = run(_always_neutral)
    assert report.by_label == {"opposition": 0.0, "neutral": 1.0, "support": 0.0}
    assert report.by_kind["invariance"] == 1.0
    assert report.by_kind["direction"] == 0.0
    assert report.cases == len(load_suite().cases)
    assert 0 < report.pass_rate < 0.65


def test_right_answers_pass_every_minimum_and_invariance_case() -> None:
    # given the labels where the suite has them, and neutral elsewhere
    pairs = load_suite().pairs
    report = score(_answers(pairs["label"].fillna("neutral")).sample(frac=1, random_state=1))
    # then
    for row in report.rows:
        if row["kind"] == "minimum":
            assert row["rate"] == 1.0
            assert row["failing"] == []
    assert report.by_label == dict.fromkeys(LABELS, 1.0)


def test_failing_sentences_say_what_was_expected() -> None:
    report = run(_always_neutral)
    row = next(r for r in report.rows if r["capability"] == "irony")
    assert len(row["failing"]) == row["cases"] - row["passed"]
    assert "expected opposition; got neutral]" in row["failing"][0]


def test_no_answer_passes_nothing() -> None:
    frame = _answers(load_suite().pairs["label"].fillna("neutral"))
    frame["predicted"] = None
    assert score(frame).passed == 0


def test_what_does_not_line_up_is_named() -> None:
    frame = _answers(load_suite().pairs["label"].fillna("neutral"))
    with pytest.raises(InputError, match=r"1 of .* pairs have no answer"):
        score(frame.iloc[1:])
    with pytest.raises(InputError, match="shape"):
        run(lambda pairs: np.zeros((len(pairs), 2)))
    with pytest.raises(InputError, match="stand twice"):
        score(pd.concat([frame, frame.iloc[:1]]))
