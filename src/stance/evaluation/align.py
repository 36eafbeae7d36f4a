"""Put gold labels and predictions side by side, pair by pair, or say exactly why they do not fit.

Nothing is averaged away: a missing, extra or doubled pair, a probability that is none, and an
answer that is no label are named. Rows that have no single gold label are left out and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from stance.schema.nouns import LABELS, STATUSES, InputError

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Holders = Literal["any", "directed"]

P_COLUMNS = tuple(f"p_{label}" for label in LABELS)
#: The column of a confusion matrix for pairs that got no answer; such a pair counts as wrong.
NO_ANSWER = len(LABELS)
#: How far the three probabilities may be from one in sum.
TOLERANCE = 1e-3
_GOLD = ("pair_id", "article_id", "text", "label", "mixed", "unclear", "construct", "corpus")


class ComparisonRefused(ValueError):
    """Two models that must not be compared like this; one line that says why. Exit status 3."""

    exit_status = 3


class Misaligned(InputError):
    """Predictions that are not about these pairs, or not in these labels."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """Gold and predictions in one order, as arrays.

    ``gold`` and ``predictions`` are the frames, n rows each. ``truth`` (n) holds positions in
    :data:`LABELS`; ``answer`` (n) likewise, or :data:`NO_ANSWER`; ``probabilities`` is (n, 3), NaN
    where there is no answer; ``confidence`` (n); ``article`` (n) numbers the clusters from 0.
    ``left_out`` counts the gold rows that are not scored, by reason.
    """

    gold: pd.DataFrame
    predictions: pd.DataFrame
    truth: Ints
    answer: Ints
    probabilities: Floats
    confidence: Floats
    article: Ints
    left_out: dict[str, int]

    @property
    def n(self) -> int:
        """How many pairs are scored."""
        return len(self.truth)

    @property
    def articles(self) -> int:
        """How many articles (clusters) they come from."""
        return int(self.article.max()) + 1

    @property
    def correct(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Whether each pair is answered right."""
        return np.equal(self.truth, self.answer)


def align(
    gold: pd.DataFrame, predictions: pd.DataFrame, *, holders: Holders | None = None
) -> Aligned:
    """Line up predictions with gold labels by ``pair_id``.

    ``gold`` has the columns of :data:`stance.schema.table.PAIRS` (labels as strings),
    ``predictions`` those of :data:`stance.schema.table.PREDICTIONS`. ``holders`` says which rows
    are scored: the holder-free label of each target, or the directed holder → target rows; by
    default the holder-free ones, if gold has any.

    Raises :class:`InputError` for two corpora or constructs in one frame, doubled pairs and
    broken probabilities, and its kind :class:`Misaligned` for missing or extra pairs and unknown
    answers; all of them by name.
    """
    check_gold(gold)
    check_predictions(predictions)
    kept, left_out = scored(gold, holders)
    _check_pairs(kept, gold, predictions)
    ordered = predictions.set_index("pair_id", drop=False).loc[kept["pair_id"]]
    ordered = ordered.reset_index(drop=True)
    probabilities = ordered[list(P_COLUMNS)].to_numpy(np.float64)
    return Aligned(
        gold=kept,
        predictions=ordered,
        truth=_codes(kept["label"]),
        answer=_codes(ordered["predicted"]),
        probabilities=probabilities,
        confidence=_confidence(ordered, probabilities),
        article=clusters(kept),
        left_out=left_out,
    )


def scored(
    gold: pd.DataFrame, holders: Holders | None = None
) -> tuple[pd.DataFrame, dict[str, int]]:
    """The gold rows that are scored, and how many are not, by reason."""
    free = gold["holder_kind"].eq("any") if "holder_kind" in gold else pd.Series(True, gold.index)
    holders = holders or ("any" if free.any() else "directed")
    reasons = {
        "other holders": ~free if holders == "any" else free,
        "mixed": gold["mixed"].fillna(False).astype(bool),
        "unclear": gold["unclear"].fillna(False).astype(bool),
        "no label": gold["label"].isna(),
    }
    out = pd.Series(False, gold.index)
    counts = {}
    for reason, rows in reasons.items():
        counts[reason] = int((rows & ~out).sum())
        out |= rows
    kept = gold[~out].reset_index(drop=True)
    if kept.empty:
        raise InputError(f"none of the {len(gold)} gold pairs can be scored ({counts})")
    return kept, {reason: count for reason, count in counts.items() if count}


def clusters(gold: pd.DataFrame) -> Ints:
    """The number of each pair's article; without an id, its sentence (normalised) stands in."""
    places = zip(gold["text"], gold["sentence_start"], gold["sentence_end"], strict=True)
    sentence = [re.sub(r"\W+", " ", text[start:end].lower()).strip() for text, start, end in places]
    known = gold["article_id"].fillna("").ne("")
    ids = gold["article_id"].where(known, pd.Series(sentence, gold.index, dtype=object))
    codes, _ = pd.factorize(ids)
    return codes.astype(np.int64)


def check_gold(gold: pd.DataFrame) -> None:
    """One corpus, one construct, each pair once, labels that are labels."""
    if missing := [name for name in _GOLD if name not in gold]:
        raise InputError(f"gold: column {', '.join(missing)} is missing")
    for column in ("construct", "corpus"):
        if (found := gold[column].dropna().unique()).size > 1:
            raise InputError(
                f"gold: {column} {' and '.join(map(str, sorted(found)))} in one table; "
                f"evaluate each {column} by itself"
            )
    _check_doubled(gold, "gold")
    if unknown := set(gold["label"].dropna()) - set(LABELS):
        raise InputError(f"gold: label {_some(unknown)} is none of {', '.join(LABELS)}")


def check_predictions(predictions: pd.DataFrame) -> None:
    """Each pair once, known answers and statuses, and probabilities that are some."""
    wanted = ("pair_id", "predicted", *P_COLUMNS)
    if missing := [name for name in wanted if name not in predictions]:
        raise InputError(f"predictions: column {', '.join(missing)} is missing")
    _check_doubled(predictions, "predictions")
    if unknown := set(predictions["predicted"].dropna()) - set(LABELS):
        raise Misaligned(f"predictions: answer {_some(unknown)} is none of {', '.join(LABELS)}")
    if "status" in predictions and (strange := set(predictions["status"].dropna()) - set(STATUSES)):
        raise InputError(f"predictions: status {_some(strange)} is none of {', '.join(STATUSES)}")
    _check_probabilities(predictions)


def _check_doubled(frame: pd.DataFrame, what: str) -> None:
    doubled = frame.loc[frame["pair_id"].duplicated(), "pair_id"]
    if len(doubled):
        raise InputError(f"{what}: {len(doubled)} pairs stand twice: {_some(doubled)}")


def _check_probabilities(predictions: pd.DataFrame) -> None:
    answered = predictions["predicted"].notna()
    values = predictions.loc[answered, list(P_COLUMNS)].to_numpy(np.float64)
    ids = predictions.loc[answered, "pair_id"]
    faults = {
        "a probability that is not a number": ~np.isfinite(values).all(axis=1),
        "a probability outside 0 to 1": ((values < 0) | (values > 1)).any(axis=1),
        "probabilities that do not sum to 1": np.abs(values.sum(axis=1) - 1) > TOLERANCE,
    }
    for fault, rows in faults.items():
        if rows.any():
            raise InputError(f"predictions: {rows.sum()} pairs have {fault}: {_some(ids[rows])}")


@contextmanager
def named(name: str) -> Iterator[None]:
    """Put the name of a model or a file before what is wrong with its predictions."""
    try:
        yield
    except InputError as error:
        raise type(error)(f"{name}: {error}") from error


def of_pairs(predictions: pd.DataFrame, part: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """The predictions of one part of ``gold``; what is in no part is named."""
    _check_extra(predictions["pair_id"], gold)
    return predictions[predictions["pair_id"].isin(part["pair_id"])]


def _check_pairs(kept: pd.DataFrame, gold: pd.DataFrame, predictions: pd.DataFrame) -> None:
    known = pd.Index(predictions["pair_id"])
    lost = kept.loc[~kept["pair_id"].isin(known), "pair_id"]
    if len(lost):
        raise Misaligned(
            f"predictions: {len(lost)} of {len(kept)} gold pairs are missing: {_some(lost)}"
        )
    _check_extra(known, gold)


def _check_extra(known: Any, gold: pd.DataFrame) -> None:
    extra = known[~known.isin(gold["pair_id"])]
    if len(extra):
        raise Misaligned(
            f"predictions: {len(extra)} pairs are not in gold: {_some(extra)}; "
            "predict on the same table"
        )


def _codes(labels: pd.Series[Any]) -> Ints:
    """Positions in :data:`LABELS`; a missing one becomes :data:`NO_ANSWER`."""
    codes = pd.Categorical(labels, categories=list(LABELS)).codes.astype(np.int64)
    return np.where(codes < 0, NO_ANSWER, codes)


def _confidence(predictions: pd.DataFrame, probabilities: Floats) -> Floats:
    """The probability of the answer given; 0 where there is none."""
    answer = _codes(predictions["predicted"])
    padded = np.column_stack([np.nan_to_num(probabilities), np.zeros(len(answer))])
    return np.asarray(padded[np.arange(len(answer)), answer])


def _some(ids: Iterable[Any], shown: int = 3) -> str:
    """The first few of many names, in order."""
    names = sorted(map(str, ids))
    return ", ".join(names[:shown]) + (", …" if len(names) > shown else "")
