"""The pairs as the page's table reads them: columns of numbers, and lists of the words meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from stance.schema.nouns import LABELS, STATUSES
from stance.scoring.report.cues import name_of

#: Stands for nothing: no party, no label, no holder, no probability.
NONE = -1


def table_data(
    rows: pd.DataFrame,
    titles: Mapping[str, str],
    parties: Mapping[str, int],
    names: Mapping[str, str],
    part_of: Mapping[str, int],
) -> dict[str, Any]:
    """Described rows as columns; ``parties`` numbers all that the page names.

    Probabilities are whole percents; ``part_of`` gives the number of the party that a party is
    counted for in the roll-ups.
    """
    # A holder outside the list of parties goes by its own words.
    outside = rows["holder"].where(rows["held_by"] == "party")
    evidence, said = _words(rows["evidence"])
    called, words = _words(outside)
    articles, _ = pd.factorize(rows["article_id"])
    columns: dict[str, Iterable[Any]] = {
        "article": articles,
        "sentence": rows["sentence_index"],
        "party": _numbers(rows["target_party"], parties),
        "label": _numbers(rows["predicted"], {label: k for k, label in enumerate(LABELS)}),
        "holder": _numbers(rows["held_by"], parties),
        "called": called,
        "status": _numbers(rows["status"], {status: k for k, status in enumerate(STATUSES)}),
        "evidence": evidence,
        "review": rows["review"].astype("int64"),
    }
    for label in LABELS:
        columns[label] = (100 * rows[f"p_{label}"]).round().fillna(NONE).astype("int64")
    return {
        "titles": [titles.get(name) or name for name in rows["article_id"].unique()],
        "parties": [name_of(party, names) for party in parties],
        "partOf": [part_of.get(party, number) for party, number in parties.items()],
        "labels": LABELS,
        "statuses": STATUSES,
        "evidence": said,
        "called": words,
        "rows": {name: [int(value) for value in column] for name, column in columns.items()},
    }


def _words(column: pd.Series) -> tuple[Any, list[str]]:
    codes, found = pd.factorize(column.fillna("").astype(str))
    return codes, list(found)


def _numbers(words: pd.Series, numbers: Mapping[str, int]) -> list[int]:
    return [numbers.get(word, NONE) if isinstance(word, str) else NONE for word in words]
