"""A gate report as Markdown, for a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from stance.evaluation.verdict import Check, GateReport
from stance.evaluation.words import (
    HEADS,
    cells,
    count_flips,
    mcnemar_line,
    needed_line,
    too_small,
    too_small_line,
)

MARK = {
    "pass": "✅ pass",
    "fail": "❌ fail",
    "refused": "⛔ refused",
    "inconclusive": "❔ inconclusive",
}
#: How many flips a comment lists.
SHOWN = 20
#: How many characters of a flip's sentence: GitHub takes 65,536 for a whole comment.
LENGTH = 300
#: Sentences come from articles: nothing in them may act as markup or mention.
_NEUTRAL = str.maketrans({mark: f"&#{ord(mark)};" for mark in "&<>|`*_[]@#\\~"} | {"\n": " "})


def gate_markdown(report: GateReport) -> str:
    """The report as GitHub-flavoured Markdown."""
    parts = [f"## Stance gate: {MARK[report.verdict]}", plain(report.reason)]
    if report.checks:
        always = [c for c in report.checks if c.kind != "slice" or c.verdict == "fail"]
        slices = [c for c in report.checks if c.kind == "slice" and not too_small(c)]
        parts.append(_table(always))
        if slices:
            parts.append(_details(f"{len(slices)} slices", _table(slices)))
        if small := too_small_line(report.checks):
            parts.append(plain(f"{small[0].upper()}{small[1:]}."))
    if report.mcnemar:
        parts.append(f"{mcnemar_line(report.mcnemar)}.")
    if report.pairs_needed:
        parts.append(f"{needed_line(report).capitalize()}.")
    if len(report.flips):
        parts.append(_details(count_flips(report.flips), _flips(report)))
    if report.notes:
        parts.append("\n".join(f"- {plain(note)}" for note in report.notes))
    if report.test_set:
        parts.append(
            f"<sub>{report.pairs} pairs in {report.articles} articles; test set "
            f"{report.test_set[:12]}; “could see” is the smallest loss that four of five such "
            "test sets would have shown.</sub>"
        )
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    """Text of any origin, made to show as it is."""
    return str(text).translate(_NEUTRAL).replace("://", ":&#47;&#47;")


def _table(checks: Sequence[Check]) -> str:
    return _rows((*HEADS, "verdict"), (_cells(check) for check in checks))


def _cells(check: Check) -> tuple[str, ...]:
    note = f" ({check.note})" if check.note else ""
    name, *figures = cells(check)
    return (plain(name), *figures, MARK[check.verdict] + note)


def _flips(report: GateReport) -> str:
    columns = ("outcome", "party", "gold", "champion", "challenger", "sentence")
    rows = report.flips.head(SHOWN)[list(columns)].itertuples(index=False)
    return _rows(columns, ([plain(_short(cell)) for cell in row] for row in rows))


def _short(cell: Any) -> str:
    text = str(cell)
    return text if len(text) <= LENGTH else f"{text[:LENGTH]}…"


def _rows(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _details(summary: str, body: str) -> str:
    return f"<details><summary>{summary}</summary>\n\n{body}\n\n</details>"
