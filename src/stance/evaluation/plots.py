"""Figures of an evaluation, drawn to be read in black and white.

Each takes the dictionary of :func:`stance.evaluation.metrics.evaluate` and returns a matplotlib
``Figure``; nothing is shown or written. matplotlib is imported when a figure is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, GREY = "black", "0.55"
#: Models are told apart by line and marker, not by colour.
STYLES = (("-", "o"), ("--", "s"), (":", "^"), ("-.", "D"), ("-", "x"), ("--", "v"))
#: How many slices of a kind are drawn; the table has them all.
SHOWN = 8

Result = dict[str, Any]


def plots(result: Result) -> dict[str, Figure]:
    """The four figures of one evaluation by file stem."""
    return {
        "confusion": plot_confusion(result),
        "reliability": plot_reliability(result),
        "coverage_accuracy": plot_coverage({"": result}),
        "slices": plot_slices(result),
    }


def plot_confusion(result: Result) -> Figure:
    """Gold against answers: each cell's share of its row as a shade, and the count in it."""
    counts = np.asarray(result["confusion"]["counts"], float)
    answers = list(result["confusion"]["answers"])
    if not counts[:, -1].any():
        counts, answers = counts[:, :-1], answers[:-1]
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure, axes = _figure(4.6, 3.9)
    axes.imshow(shares, cmap="Greys", vmin=0, vmax=1)
    for (row, column), share in np.ndenumerate(shares):
        text = f"{counts[row, column]:.0f}\n{share:.0%}"
        axes.text(
            column, row, text, ha="center", va="center", color="white" if share > 0.5 else INK
        )
    axes.set_xticks(range(len(answers)), answers)
    axes.set_yticks(range(len(counts)), result["confusion"]["gold"])
    axes.set_xlabel("answer")
    axes.set_ylabel("gold")
    axes.set_title(_title(result), fontsize=10)
    return figure


def plot_reliability(result: Result) -> Figure:
    """Accuracy against confidence in equally filled bins; the diagonal is perfect calibration."""
    figure, axes = _figure(4.2, 4.0)
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=1, linestyle="--", label="perfect")
    points = result["reliability"]
    n = np.asarray([point["n"] for point in points], float)
    right = np.asarray([point["accuracy"] for point in points])
    low, high = _wilson(right, n)
    axes.errorbar(
        [point["confidence"] for point in points],
        right,
        yerr=[right - low, high - right],
        color=INK,
        marker="o",
        linewidth=1.2,
        elinewidth=0.8,
        capsize=2,
        label=f"model (error {_number(result['calibration_error'])}, chance part removed)",
    )
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="confidence", ylabel="accuracy")
    axes.legend(frameon=False, fontsize=8, loc="upper left")
    axes.set_title(_title(result), fontsize=10)
    return figure


def plot_coverage(results: Mapping[str, Result]) -> Figure:
    """Accuracy among the most confident pairs, for one or several models by name."""
    figure, axes = _figure(4.8, 3.6)
    for k, (name, result) in enumerate(results.items()):
        points = result["coverage_accuracy"]
        coverage = [point["coverage"] for point in points]
        line, marker = STYLES[k % len(STYLES)]
        axes.plot(
            coverage,
            [point["accuracy"] for point in points],
            color=INK,
            linestyle=line,
            marker=marker,
            markersize=4,
            label=name,
        )
        if len(results) == 1:
            ends = np.asarray([point["interval"] for point in points], float)
            axes.fill_between(coverage, ends[:, 0], ends[:, 1], color="0.85", linewidth=0)
    axes.set(xlim=(0, 1.02), xlabel="coverage (most confident first)", ylabel="accuracy")
    axes.grid(axis="y", color="0.9", linewidth=0.6)
    if len(results) > 1:
        axes.legend(frameon=False, fontsize=8)
    axes.set_title(_title(next(iter(results.values()))), fontsize=10)
    return figure


def plot_slices(result: Result) -> Figure:
    """Accuracy with its interval in each slice; hollow points are small slices."""
    rows = _shown(result["slices"])
    figure, axes = _figure(6.4, 1.2 + 0.22 * len(rows))
    places = np.arange(len(rows))[::-1]
    for place, row in zip(places, rows, strict=True):
        low, high = row["interval"]["accuracy"]
        axes.plot([low, high], [place, place], color=INK, linewidth=1)
        face = "white" if row["small"] else INK
        axes.plot(row["accuracy"], place, "o", color=INK, markerfacecolor=face, markersize=4)
    axes.axvline(result["accuracy"], color=GREY, linestyle="--", linewidth=1, zorder=0)
    names = [f"{row['slice']}: {_short(row['value'])} ({row['n']})" for row in rows]
    axes.set_yticks(places, names, fontsize=7)
    axes.set(xlim=(0, 1), ylim=(-1, len(rows)))
    axes.set_xlabel("accuracy; dashed: all pairs; hollow: a small slice", fontsize=8)
    axes.set_title(_title(result), fontsize=10)
    return figure


def _figure(width: float, height: float) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained", dpi=150)
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _shown(rows: list[Result]) -> list[Result]:
    """The largest slices of each kind, kinds in their order."""
    kinds = dict.fromkeys(row["slice"] for row in rows)
    return [
        row
        for kind in kinds
        for row in sorted(
            (row for row in rows if row["slice"] == kind), key=lambda row: -int(row["n"])
        )[:SHOWN]
    ]


def _wilson(share: Any, n: Any, z: float = 1.96) -> tuple[Any, Any]:
    """Wilson's 95 % interval of a share, for the bars of a plot."""
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return np.minimum(middle - half, share), np.maximum(middle + half, share)


def _title(result: Result) -> str:
    return f"{result['corpus']} ({result['construct']}), {result['n']} pairs"


def _short(value: str, longest: int = 32) -> str:
    return value if len(value) <= longest else value[: longest - 1] + "…"


def _number(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.3f}"
