"""What each way to decide makes of the same votes, and how far each voter goes along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from sklearn.metrics import f1_score

from stance.labeling.decided import Decisions
from stance.schema.nouns import CODED, LABELS


def compared(decisions: Mapping[str, Decisions], free: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """For each method: labels, the share that majority shares, and programs held against gold.

    Gold is what people decided by majority, and the table's own gold labels where they did not.
    """
    plain = decisions["majority"].label()
    gold = _gold(decisions["majority"], free)
    return {name: _one(found, plain, gold) for name, found in decisions.items()}


def _one(found: Decisions, plain: pd.Series[str], gold: pd.Series[str]) -> dict[str, Any]:
    labels = found.label()
    counts = labels.fillna("undecided").value_counts()
    both = plain.reindex(labels.index).fillna("undecided") == labels.fillna("undecided")
    return {
        "labels": {str(label): int(n) for label, n in counts.items()},
        "as majority": _share(both),
        "against gold": _against(found.programs["label"], gold),
    }


def _gold(decisions: Decisions, free: pd.DataFrame) -> pd.Series[str]:
    firm = free[free["provenance"].isin(CODED)].set_index("pair_id")["label"]
    people = decisions.people["label"]
    gold: pd.Series[str] = pd.concat([people, firm[~firm.index.isin(people.index)]])
    return gold[gold.isin(LABELS)]


def _against(labels: pd.Series[str], gold: pd.Series[str]) -> dict[str, Any]:
    """A tie is wrong; a pair on which no program votes is not counted."""
    said = labels[labels.index.isin(gold.index)].fillna("undecided")
    if said.empty:
        return {"n": 0, "accuracy": None, "macro_f1": None}
    truth = gold.reindex(said.index)
    macro = f1_score(truth, said, labels=list(LABELS), average="macro", zero_division=0.0)
    return {
        "n": len(said),
        "accuracy": _share(said == truth),
        "macro_f1": round(float(macro), 4),
    }


def voters(votes: pd.DataFrame, labels: pd.Series[str]) -> dict[str, dict[str, Any]]:
    """For each annotator and rule: how many votes, and which share of them was decided alike."""
    rule = votes["rule"].fillna("")
    names = votes["annotator"].where(rule == "", votes["annotator"] + ":" + rule)
    alike = votes["label"] == votes["pair_id"].map(labels)
    return {
        str(name): {"votes": len(own), "decided alike": _share(own)}
        for name, own in alike.groupby(names)
    }


def _share(found: pd.Series[bool]) -> float | None:
    return round(float(found.mean()), 4) if len(found) else None
