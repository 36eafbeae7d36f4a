"""From votes to opinions: each annotator's one word on each pair."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from stance.schema.nouns import VERDICTS, InputError
from stance.schema.table import VOTES, read_table


def read_votes(paths: Sequence[Path]) -> pd.DataFrame:
    """The votes of several files, one after another; the same vote in two files counts once."""
    votes = pd.concat([read_table(path, VOTES) for path in paths], ignore_index=True)
    if strange := sorted(set(votes["label"]) - set(VERDICTS)):
        raise InputError(f"votes: label {strange[0]!r} is none of {', '.join(VERDICTS)}")
    return votes.drop_duplicates(
        [name for name in VOTES if name != "holder_spans"], ignore_index=True
    )


def opinions(votes: pd.DataFrame) -> pd.DataFrame:
    """Columns pair_id, annotator, kind, label: a row for each annotator that said something.

    Where an annotator's votes differ (rules do), a polar one beats a neutral one and the label with
    the most confidence behind it wins; a tie is ``mixed``.
    """
    keys = ["pair_id", "annotator", "kind"]
    spoken = votes[votes["label"] != "abstain"]
    spoken = spoken.assign(behind=spoken["confidence"].astype(float).fillna(1.0))
    found = spoken.groupby([*keys, "label"], sort=False)["behind"].sum().reset_index()
    found["polar"] = found["label"] != "neutral"
    best = found.sort_values(["polar", "behind"], ascending=False, kind="stable")
    top = best.groupby(keys, sort=False)[["polar", "behind"]].transform("first")
    best = best[(best[["polar", "behind"]] == top).all(axis=1)].copy()
    best.loc[best.duplicated(keys, keep=False), "label"] = "mixed"
    return best.drop_duplicates(keys)[[*keys, "label"]].sort_index().reset_index(drop=True)
