"""From pairs to tasks, with the targets (and what a program thinks of them) marked in the text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from stance.labeling.people.assigning import SENTENCE
from stance.labeling.people.marks import suggestion
from stance.labeling.people.studio.config import OPEN, STANCE, TEXT
from stance.schema.nouns import CODEBOOK

Task = dict[str, Any]


def to_tasks(pairs: pd.DataFrame, *, suggest: bool) -> list[Task]:
    """A task for each sentence; a target without a place in the text has none and is left out."""
    placed = pairs[[len(spans) > 0 for spans in pairs["target_spans"]]]
    groups = placed.groupby(SENTENCE, sort=False)
    return [_task(group.to_dict("records"), suggest) for _, group in groups]


def _task(rows: list[Any], suggest: bool) -> Task:
    first = rows[0]
    regions = [_region(f"t{number}", row, suggest) for number, row in enumerate(rows, 1)]
    pairs = [
        {"region": region["id"], "pair_id": row["pair_id"], **_ends(region), **_why(row)}
        for region, row in zip(regions, rows, strict=True)
    ]
    return {
        "data": {
            "text": first["text"],
            "sentence": first["text"][first["sentence_start"] : first["sentence_end"]],
            "article_id": first["article_id"],
            "codebook": CODEBOOK,
            "pairs": pairs,
        },
        "predictions": [{"model_version": _suggester(rows, suggest), "result": regions}],
    }


def _region(name: str, row: Mapping[str, Any], suggest: bool) -> dict[str, Any]:
    start, end = (int(row["target_spans"][0][key]) for key in ("start", "end"))
    words = row["text"][start:end]
    value = {"start": start, "end": end, "text": words}
    return {
        "id": name,
        "from_name": STANCE,
        "to_name": TEXT,
        "type": "labels",
        "value": value | {"labels": [(suggest and suggestion(row)) or OPEN]},
    }


def _ends(region: Mapping[str, Any]) -> dict[str, int]:
    return {key: region["value"][key] for key in ("start", "end")}


def _why(row: Mapping[str, Any]) -> dict[str, str]:
    """Why a queue chose the pair: for whoever looks at the tasks, not shown to annotators."""
    return {"why": row["why"]} if "why" in row else {}


def _suggester(rows: list[Any], suggest: bool) -> str:
    names = sorted({str(row["annotator"]) for row in rows if suggest and suggestion(row)})
    return ", ".join(names) or "targets"
