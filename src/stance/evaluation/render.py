"""Evaluations and gate reports as tables for the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table

from stance.evaluation.behaviour.run import BehaviourReport
from stance.evaluation.verdict import GateReport
from stance.evaluation.words import (
    HEADS,
    between,
    cells,
    count_flips,
    mcnemar_line,
    needed_line,
    points,
    share,
    too_small,
    too_small_line,
)

STYLE = {"pass": "green", "fail": "bold red", "refused": "bold red", "inconclusive": "yellow"}
#: How many slices and flips the terminal shows.
SHOWN = 12


def evaluation_table(evaluated: Mapping[str, Any]) -> RenderableType:
    """The models of :func:`stance.evaluation.many.evaluate_many` side by side."""
    results, gains = evaluated["models"], evaluated["gains"]
    first = next(iter(results.values()))
    title = f"{first['corpus']} ({first['construct']}): {first['n']} pairs, "
    table = Table(title=f"{title}{first['articles']} articles")
    floors = list(dict.fromkeys(floor for found in gains.values() for floor in found))
    heads = ["macro-F1", "accuracy", "Matthews", "calibration error"]
    named = any(result.get("holder_right") for result in results.values())
    holder = ["holder right"] if named else []
    for head in ("model", *heads, *holder, *(f"above {floor}" for floor in floors)):
        table.add_column(head, overflow="fold", justify="left" if head == "model" else "right")
    for name, result in results.items():
        figures = ("macro_f1", "accuracy", "matthews", "calibration_error")
        cells = [_with_ends(result[key], result["interval"][key]) for key in figures]
        if holder:
            who = result.get("holder_right") or {"accuracy": None, "interval": []}
            cells.append(_with_ends(who["accuracy"], who["interval"]))
        above = [_gain(gains[name].get(floor)) for floor in floors]
        table.add_row(escape(name), *cells, *above)
    return table


def slices_table(result: Mapping[str, Any]) -> Table:
    """The slices of one evaluation, the largest of each kind first."""
    table = Table(title="slices (* too few pairs to conclude much)")
    for head in ("slice", "pairs", "accuracy", "macro-F1"):
        table.add_column(head, overflow="fold", justify="left" if head == "slice" else "right")
    for row in result["slices"]:
        flag = " *" if row["small"] else ""
        ends = row["interval"]
        table.add_row(
            escape(f"{row['slice']}: {row['value']}{flag}"),
            str(row["n"]),
            _with_ends(row["accuracy"], ends["accuracy"]),
            _with_ends(row["macro_f1"], ends["macro_f1"]),
        )
    return table


def behaviour_table(report: BehaviourReport, failing: int = 1) -> Table:
    """The behaviour suite: a row for each capability, with its first failing sentences."""
    title = f"behaviour: {report.passed} of {report.cases} cases pass, mean {report.pass_rate:.1%}"
    table = Table(title=title)
    for head in ("kind", "capability", "passed", "rate", "failing, for example"):
        table.add_column(head, justify="right" if head in ("passed", "rate") else "left")
    for row in report.rows:
        table.add_row(
            row["kind"],
            row["capability"],
            f"{row['passed']}/{row['cases']}",
            f"{row['rate']:.0%}",
            escape("\n".join(row["failing"][:failing])),
        )
    return table


def gate_table(report: GateReport) -> RenderableType:
    """The gate: verdict, checks, and the first flips."""
    style = STYLE[report.verdict]
    parts: list[RenderableType] = [f"[{style}]{escape(report.reason)}[/]"]
    if report.checks:
        parts.append(_checks_table(report))
    if small := too_small_line(report.checks):
        parts.append(escape(small))
    if report.mcnemar:
        parts.append(mcnemar_line(report.mcnemar))
    if report.pairs_needed:
        parts.append(needed_line(report))
    if len(report.flips):
        parts.append(_flips_table(report))
    parts += [escape(f"note: {note}") for note in report.notes]
    return Group(*parts)


def _checks_table(report: GateReport) -> Table:
    table = Table(
        title=f"{escape(report.challenger)} against {escape(report.champion or 'floors')}"
    )
    for head in HEADS:
        table.add_column(head, overflow="fold", justify="left" if head == "check" else "right")
    table.add_column("verdict")
    for check in report.checks:
        if too_small(check):
            continue
        verdict = f"[{STYLE[check.verdict]}]{check.verdict}[/]"
        note = f" ({check.note})" if check.note else ""
        table.add_row(*map(escape, cells(check)), verdict + note)
    return table


def _flips_table(report: GateReport) -> Table:
    table = Table(title=count_flips(report.flips))
    for head in ("", "party", "gold", "champion", "challenger", "sentence"):
        table.add_column(head)
    for row in report.flips.head(SHOWN).itertuples():
        line = (row.outcome, row.party, row.gold, row.champion, row.challenger, row.sentence)
        table.add_row(*(escape(str(cell)) for cell in line))
    return table


def _with_ends(value: float | None, ends: list[float | None]) -> str:
    if value is None or None in ends:
        return share(value)
    return f"{share(value)} [dim]{share(ends[0])}–{share(ends[1])}[/]"


def _gain(gain: Mapping[str, Any] | None) -> str:
    if gain is None:
        return ""
    return f"{points(gain['macro_f1'])} [dim]{between(tuple(gain['interval']))}[/]"
