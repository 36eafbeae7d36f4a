"""What a reader sees of a pair at a glance: its stance, how strong, who holds it, how sure."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

#: Answers less sure than this are marked for review, whatever the model's threshold.
REVIEW = 0.6
#: The steps of strength: how far the stance's probability stands above its opposite's.
STEPS = (1 / 3, 2 / 3)
#: So many neutral stances are imagined where some are shaded.
CALM = 3
#: What holders that are no party of the list are called.
HOLDERS = {
    "author": "the author",
    "unnamed": "somebody unnamed",
    "self": "the party itself",
    "party": "somebody outside the list",
}
#: How rows end, in the words of the page.
STATUSES = {
    "ok": "answered",
    "truncated": "answered, but a part of a long text was not read",
    "abstained": "not sure enough to count; the best guess is shown",
    "no_party": "a sentence that names no party of the list",
    "empty": "an article without text",
    "unsupported_language": "in a language that the model was not trained on; not scored",
    "error": "could not be read; the row says why",
}
_OPPOSITE = {"support": "opposition", "opposition": "support"}


def described(predictions: pd.DataFrame) -> pd.DataFrame:
    """The predictions with ``held_by`` (a party or a holder kind, "" for whoever), ``strength``
    (0 for neutral, 1 … 3) and ``review``.
    """
    kind = predictions["holder_kind"].where(predictions["holder_kind"] != "any", "")
    holder = predictions["holder_party"]
    return predictions.assign(
        held_by=holder.where(holder.notna(), kind).fillna(""),
        strength=_strength(predictions),
        review=doubtful(predictions),
    )


def doubtful(predictions: pd.DataFrame) -> pd.Series:
    """Which answers a person should look at: abstained from, or less sure than :data:`REVIEW`."""
    return (predictions["status"] == "abstained") | (predictions["confidence"] < REVIEW)


def _strength(predictions: pd.DataFrame) -> pd.Series:
    lean = pd.Series(0.0, index=predictions.index)
    for label, opposite in _OPPOSITE.items():
        apart = predictions[f"p_{label}"] - predictions[f"p_{opposite}"]
        lean = lean.where(predictions["predicted"] != label, apart)
    polar = predictions["predicted"].isin(list(_OPPOSITE))
    return polar * (1 + sum((lean >= step).astype("int64") for step in STEPS))


def name_of(party: str, names: Mapping[str, str]) -> str:
    """What a party, or a holder that is none, is called on the page."""
    return names.get(party) or HOLDERS.get(party, party)


def signed(support: int, opposition: int) -> str:
    """Counts of the two stances, as ``+3 −1``."""
    words = [f"+{support}" if support else "", f"−{opposition}" if opposition else ""]
    return " ".join(word for word in words if word) or "0"


def shade_of(support: int, neutral: int, opposition: int) -> int:
    """The shade of some stances, −3 … 3, 0 where none of the two prevails.

    It is their mean's, as if a few neutral ones stood beside them: one sentence is no strong shade.
    """
    mean = (support - opposition) / (support + neutral + opposition + CALM)
    size = 1 + sum(abs(mean) >= step for step in STEPS) if mean else 0
    return int(size if mean > 0 else -size)
