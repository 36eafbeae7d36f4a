"""Run the behaviour suite with a model, or judge a file of its answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from stance.evaluation.align import Floats, check_predictions
from stance.evaluation.behaviour.suite import Case, Suite, load_suite
from stance.schema.nouns import LABELS, InputError
from stance.schema.table import PREDICTIONS


@dataclass(frozen=True, slots=True)
class BehaviourReport:
    """How a model behaves.

    ``rows``: for each capability its ``kind``, ``cases``, ``passed``, ``rate`` and ``failing``, the
    sentences with what was expected and what came. ``by_label``: the pass rate of the
    minimum-functionality cases by right label, since *neutral* alone is easily had.
    """

    rows: tuple[dict[str, Any], ...]
    by_label: dict[str, float]

    @property
    def cases(self) -> int:
        """How many cases were judged."""
        return sum(row["cases"] for row in self.rows)

    @property
    def passed(self) -> int:
        """How many of them pass."""
        return sum(row["passed"] for row in self.rows)

    @property
    def pass_rate(self) -> float:
        """The mean of the capabilities' pass rates: a figure for the gate's floors."""
        return float(np.mean([row["rate"] for row in self.rows]))

    @property
    def by_kind(self) -> dict[str, float]:
        """The mean pass rate of the capabilities of each kind."""
        kinds = dict.fromkeys(row["kind"] for row in self.rows)
        return {
            kind: round(float(np.mean([r["rate"] for r in self.rows if r["kind"] == kind])), 6)
            for kind in kinds
        }

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON has it."""
        return {
            "behaviour_pass_rate": round(self.pass_rate, 6),
            "cases": self.cases,
            "passed": self.passed,
            "by_kind": self.by_kind,
            "by_label": self.by_label,
            "capabilities": list(self.rows),
        }


def run(predict_proba: Callable[[pd.DataFrame], Floats]) -> BehaviourReport:
    """Judge a model by its ``predict_proba``: pairs in, probabilities (n, 3) out."""
    suite = load_suite()
    probabilities = np.asarray(predict_proba(suite.pairs.copy()), dtype=np.float64)
    if probabilities.shape != (len(suite.pairs), len(LABELS)):
        raise InputError(
            f"behaviour: {len(suite.pairs)} pairs, but probabilities of shape {probabilities.shape}"
        )
    frame = suite.pairs.reindex(columns=list(PREDICTIONS)).copy()
    for column, label in enumerate(LABELS):
        frame[f"p_{label}"] = probabilities[:, column]
    frame["predicted"] = np.asarray(LABELS)[probabilities.argmax(axis=1)]
    return score(frame, suite)


def score(predictions: pd.DataFrame, suite: Suite | None = None) -> BehaviourReport:
    """Judge answers to the suite's pairs; raises :class:`InputError` where some are missing.

    ``predictions`` has the columns of :data:`stance.schema.table.PREDICTIONS`, a row for each row
    of ``load_suite().pairs``.
    """
    suite = suite or load_suite()
    check_predictions(predictions)
    lost = suite.pairs.loc[~suite.pairs["pair_id"].isin(predictions["pair_id"]), "pair_id"]
    if len(lost):
        raise InputError(
            f"behaviour: {len(lost)} of {len(suite.pairs)} pairs have no answer: {lost.iloc[0]}, …"
        )
    answers: dict[str, dict[str, Any]] = {
        str(row["pair_id"]): {str(key): value for key, value in row.items()}
        for row in predictions.to_dict(orient="records")
    }
    passed = [_passes(case, answers) for case in suite.cases]
    return BehaviourReport(_by_capability(suite, passed, answers), _by_label(suite.cases, passed))


def _passes(case: Case, answers: dict[str, dict[str, Any]]) -> bool:
    found = answers[case.pair]
    if found["predicted"] not in LABELS:
        return False
    if case.kind == "minimum":
        return bool(found["predicted"] == case.label)
    base = answers[case.base]
    if case.kind == "invariance":
        return bool(found["predicted"] == base["predicted"])
    rise = found[f"p_{case.label}"] - base[f"p_{case.label}"]
    is_label = found["predicted"] == case.label
    return bool(rise > 0 and is_label if case.more else rise < 0 and not is_label)


def _by_capability(
    suite: Suite, passed: list[bool], answers: dict[str, dict[str, Any]]
) -> tuple[dict[str, Any], ...]:
    pairs = suite.pairs.set_index("pair_id")
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for case, good in zip(suite.cases, passed, strict=True):
        row = rows.setdefault(
            (case.kind, case.capability),
            {"capability": case.capability, "kind": case.kind, "cases": 0, "passed": 0,
             "rate": 0.0, "failing": []},
        )  # fmt: skip
        row["cases"] += 1
        row["passed"] += good
        if not good:
            row["failing"].append(_told(case, pairs.loc[case.pair], answers))
    for row in rows.values():
        row["rate"] = round(row["passed"] / row["cases"], 6)
    return tuple(rows.values())


def _told(case: Case, pair: Any, answers: dict[str, dict[str, Any]]) -> str:
    """A failing case in one line."""
    got = answers[case.pair]["predicted"]
    got = got if got in LABELS else "no answer"
    if case.kind == "minimum":
        wanted = case.label
    elif case.kind == "invariance":
        wanted = f"as before the change, {answers[case.base]['predicted']}"
    else:
        wanted = f"{'more' if case.more else 'less'} {case.label} than before the change"
    sentence = pair["text"][pair["sentence_start"] :]
    return f"{sentence} [{pair['target_party']}: expected {wanted}; got {got}]"


def _by_label(cases: tuple[Case, ...], passed: list[bool]) -> dict[str, float]:
    minimum = [
        (c.label, good) for c, good in zip(cases, passed, strict=True) if c.kind == "minimum"
    ]
    return {
        label: round(float(np.mean([good for name, good in minimum if name == label])), 6)
        for label in LABELS
    }
