"""Roll-ups of predictions: what the model counts, by party, article, holder → target."""

from __future__ import annotations

import pandas as pd

from stance.schema.nouns import LABELS

#: Rows that carry an answer, sure or not.
ANSWERED = ("ok", "truncated", "abstained")
#: The sign of a stance, for means.
SIGN = {"opposition": -1, "neutral": 0, "support": 1}


def answered(predictions: pd.DataFrame) -> pd.DataFrame:
    """The rows that count: answered, and not abstained from."""
    return predictions[predictions["status"].isin(("ok", "truncated"))]


def by_party(predictions: pd.DataFrame) -> pd.DataFrame:
    """Counts of each label and the mean stance (−1 … 1) for each target party, commonest first."""
    return _counts(answered(predictions), ["target_party"])


def by_article(predictions: pd.DataFrame) -> pd.DataFrame:
    """The same for each article and party."""
    return _counts(answered(predictions), ["article_id", "target_party"])


def holder_to_target(predictions: pd.DataFrame) -> pd.DataFrame:
    """The same for each holder and target; ``author`` and ``unnamed`` holders go by these words."""
    rows = answered(predictions)
    rows = rows[rows["predicted"] != "neutral"]
    named = rows["holder_party"].where(rows["holder_party"].notna(), rows["holder_kind"])
    return _counts(rows.assign(holder_party=named), ["holder_party", "target_party"])


def statuses(predictions: pd.DataFrame) -> dict[str, int]:
    """How many rows ended how: nothing is lost in silence."""
    return {str(k): int(v) for k, v in predictions["status"].value_counts().items()}


def _counts(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    counts = rows.groupby([*keys, "predicted"], sort=False).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(LABELS), fill_value=0)
    counts["n"] = counts.sum(axis=1)
    counts["mean"] = (counts["support"] - counts["opposition"]) / counts["n"].clip(lower=1)
    return counts.sort_values("n", ascending=False, kind="stable").reset_index()
