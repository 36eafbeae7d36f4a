"""Models and runs side by side: what they are, how they were measured, who is champion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from omegaconf import DictConfig

from stance.jobs.run import job, make, say

#: The figures of a row: head and name of the metric.
FIGURES = {
    "macro-F1": "macro_f1",
    "accuracy": "accuracy",
    "calibration error": "calibration_error",
    "holder right": "holder_right.accuracy",
}


@job("compare")
def main(config: DictConfig) -> None:
    """The registered versions with their training's figures; then what `evaluate` measured."""
    from stance.tracking.registry import versions
    from stance.tracking.runs import evaluations

    tracking = make(config.tracking)
    say(config, registered(versions(tracking, config.last)))
    found = sorted(evaluations(tracking, config.last), key=_test_set)
    for (corpus, construct, split), rows in groupby(found, key=_test_set):
        say(config, measured(f"{corpus} ({construct}), {split} part", rows))


def registered(found: list[dict[str, Any]]) -> Any:
    """A row for each registered version."""
    from rich.table import Table

    title = "registered versions, measured on the development part that they were trained beside"
    rows = Table("version", "alias", "classifier", "seed", "corpus", title=title)
    rows.title_justify = "left"
    _heads(rows)
    for one in found:
        rows.add_row(
            one["version"],
            ", ".join(one["aliases"]),
            one["kind"],
            one["seed"],
            one["corpus"],
            *_figures(one["metrics"], "dev."),
        )
    return rows


def measured(title: str, found: Iterable[dict[str, Any]]) -> Any:
    """The models that were measured on one test set, the best first."""
    from rich.table import Table

    rows = Table("model", "pairs", title=title, title_justify="left")
    _heads(rows)
    for one in sorted(found, key=lambda one: -one["metrics"].get("macro_f1", 0.0)):
        pairs = one["metrics"].get("n")
        rows.add_row(
            one["model"], "" if pairs is None else f"{pairs:.0f}", *_figures(one["metrics"])
        )
    return rows


def _heads(rows: Any) -> None:
    for head in FIGURES:
        rows.add_column(head, justify="right")


def _figures(metrics: Mapping[str, float], prefix: str = "") -> list[str]:
    figures = (metrics.get(prefix + name) for name in FIGURES.values())
    return ["" if figure is None else f"{figure:.3f}" for figure in figures]


def _test_set(one: Mapping[str, Any]) -> tuple[str, str, str]:
    return one["corpus"], one["construct"], one["split"]
