"""Every figure can be drawn and saved, also for a corpus at the edge."""

from __future__ import annotations

import io

import pandas as pd

from stance.evaluation.metrics import evaluate
from stance.evaluation.plots import plot_coverage, plots


def test_draws_every_figure(gold: pd.DataFrame, predictions: pd.DataFrame) -> None:
    result = evaluate(gold, predictions, draws=20)
    figures = {**plots(result), "two": plot_coverage({"a": result, "b": result})}
    for name, figure in figures.items():
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png")
        assert len(buffer.getvalue()) > 5000, name


def test_draws_a_single_pair(gold: pd.DataFrame, predictions: pd.DataFrame) -> None:
    result = evaluate(gold.iloc[:1], predictions.iloc[:1], draws=5)
    for figure in plots(result).values():
        figure.savefig(io.BytesIO(), format="png")
