"""Votes of rules, models and people → one label for each pair, which keeps its votes.

A person's label wins over any program's: programs decide only where no person has. Majority stands
beside every other method, so that what a cleverer one changes can be seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from stance.labeling.comparing import compared, voters
from stance.labeling.decided import Decisions, decided_rows
from stance.labeling.deciding import METHODS, NOTHING
from stance.labeling.opinions import opinions
from stance.schema.nouns import InputError
from stance.schema.table import PAIRS


@dataclass(frozen=True)
class Aggregated:
    """``pairs`` with one label each, the ``votes`` on them, and a ``report`` fit for JSON."""

    pairs: pd.DataFrame
    votes: pd.DataFrame
    report: dict[str, Any]


def aggregate_votes(
    votes: pd.DataFrame,
    pairs: pd.DataFrame,
    *,
    method: str = "majority",
    least: float = 0.0,
    seed: int = 0,
) -> Aggregated:
    """One label for each holder-free row of ``pairs``, by ``method`` (a key of ``METHODS``).

    What people decide is gold, what programs decide silver. A row that is gold or authored already
    yields to people alone, and a row on which nobody votes stays as it is. A tie, a decision below
    the confidence ``least``, ``unclear`` and ``wrong_link`` leave a row without a label. Directed
    rows come from the holders that the deciding votes name.
    """
    if method not in METHODS:
        raise InputError(f"method {method}: there are {', '.join(METHODS)}")
    free = pairs[pairs["holder_kind"] == "any"]
    known = votes[votes["pair_id"].isin(free["pair_id"])]
    spoken = known[known["label"] != "abstain"]
    people = spoken["kind"] == "person"
    decisions = {
        name: Decisions(
            people=_decide(name, spoken[people], seed),
            programs=_decide(name, spoken[~people], seed),
        )
        for name in METHODS
    }
    rows, counts = decided_rows(pairs, spoken, decisions[method], method, least)
    report = {
        "method": method,
        "pairs": len(free),
        "ended": dict(counts),
        "votes": len(known),
        "votes on pairs that are not in the table": len(votes) - len(known),
        "methods": compared(decisions, free),
        "voters": voters(spoken, decisions[method].label()),
    }
    return Aggregated(pd.DataFrame(rows, columns=list(PAIRS)), known, report)


def voting(votes: pd.DataFrame, *, by_rule: bool) -> pd.DataFrame:
    """Columns task, worker, label: an annotator's opinion, or that of each of their rules."""
    ruled = by_rule & (votes["rule"].fillna("") != "")
    named = votes["annotator"].where(~ruled, votes["annotator"] + ":" + votes["rule"].fillna(""))
    said = opinions(votes.assign(annotator=named))
    return said.rename(columns={"pair_id": "task", "annotator": "worker"})[
        ["task", "worker", "label"]
    ]


def _decide(method: str, votes: pd.DataFrame, seed: int) -> pd.DataFrame:
    if votes.empty:
        return NOTHING
    # Counting heads, a program has one; learning whom to trust, each of its rules is known apart.
    return METHODS[method](voting(votes, by_rule=method != "majority"), seed)
