"""Predictions for labelled pairs: what ``evaluate`` and the gate compare."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pandas as pd

from stance.evaluation.holders import Named
from stance.parties.matcher import Matcher
from stance.schema.table import KEY, PREDICTIONS
from stance.scoring.scorer import Model, Scorer

_WINDOW = ("article_id", "text", "sentence_start", "sentence_end")


def predict_pairs(model: Model, pairs: pd.DataFrame) -> pd.DataFrame:
    """The model's answers to the pairs, row for row, with the columns of ``PREDICTIONS``.

    Holder-free rows get the holder that the model names, among all parties that are marked in
    their window: the targets, and the holders that are nobody's target. Directed rows keep the
    holder that they ask about.
    """
    rows = pairs.reset_index(drop=True)[[*KEY, "construct"]]
    free = rows[rows["holder_kind"].eq("any")]
    directed = rows.drop(free.index)
    parts = []
    if len(free):
        others = pd.DataFrame(list(_other_parties(rows)), columns=rows.columns)
        parts.append(
            _answered(model, pd.concat([free, others])).head(len(free)).set_axis(free.index)
        )
    if len(directed):
        answers = _answered(model, directed).set_axis(directed.index)
        parts.append(answers.assign(**{name: directed[name] for name in KEY}))
    return pd.concat(parts).sort_index()[list(PREDICTIONS)]


def _answered(model: Model, rows: pd.DataFrame) -> pd.DataFrame:
    return Scorer(model, Matcher(())).answer(rows.assign(status="ok"))


def _other_parties(rows: pd.DataFrame) -> Iterator[dict[Any, Any]]:
    """A holder-free row for each party of a window that only directed rows name."""
    windows: dict[tuple[Any, ...], list[dict[Any, Any]]] = {}
    for row in rows.to_dict("records"):
        windows.setdefault(tuple(row[name] for name in _WINDOW), []).append(row)
    for window in windows.values():
        known = [Named.of(row, "target") for row in window if row["holder_kind"] == "any"]
        asked = [row for row in window if known and row["holder_kind"] != "any"]
        for row, role in product(asked, ("target", "holder")):
            named = Named.of(row, role)
            if named.spans and not any(named.same(other) for other in known):
                known.append(named)
                yield _asked_about(row, role)


def _asked_about(row: dict[Any, Any], role: str) -> dict[Any, Any]:
    """A row about the target or the holder of another, whoever holds what toward it."""
    target = {f"target{part}": row[f"{role}{part}"] for part in ("", "_party", "_spans")}
    return {
        **row,
        **target,
        "pair_id": f"{row['pair_id']}:{role}",
        "holder_kind": "any",
        "holder": None,
        "holder_party": None,
        "holder_spans": [],
    }
