"""Where is a model good and where bad: named subsets of the pairs.

A slice is ``(kind, value)`` and a mask over the pairs. Small ones are flagged, never hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np
import pandas as pd

from stance.schema.nouns import TAGS

Mask = np.ndarray[Any, np.dtype[np.bool_]]
Slice = tuple[str, str]

#: The kinds of slices there are.
KINDS = (
    "party",
    "label",
    "tag",
    "parties in the sentence",
    "stances in the sentence",
    "length",
    "source",
    "party seen in training",
)
#: Below these a slice's figures are shown with a flag, and the gate does not judge by them.
FEW_PAIRS, FEW_ARTICLES = 30, 10
#: Where a sentence counts as longer, in characters.
LENGTHS = ((0, 100), (100, 200), (200, None))


def slices(
    gold: pd.DataFrame,
    *,
    articles: pd.DataFrame | None = None,
    known_parties: Collection[str] | None = None,
) -> dict[Slice, Mask]:
    """The slices of the pairs in ``gold`` (rows as scored), each with a mask of shape (n,).

    ``articles`` (columns of :data:`stance.schema.table.ARTICLES`) adds the source;
    ``known_parties``, the parties seen in training, adds known and unseen party.
    """
    found = [
        *_by_value("party", gold["target_party"].fillna(gold["target"])),
        *_by_value("label", gold["label"]),
        *_tagged(gold),
        *_sentences(gold),
        *_lengths(gold),
    ]
    if articles is not None:
        source = gold["article_id"].map(articles.set_index("article_id")["source"])
        found += _by_value("source", source.replace("", np.nan).fillna("unknown"))
    if known_parties is not None:
        known = gold["target_party"].isin(list(known_parties)).to_numpy(bool)
        found += [(("party seen in training", "yes"), known)]
        found += [(("party seen in training", "no"), ~known)]
    return {name: mask for name, mask in found if mask.any()}


def is_small(mask: Mask, article: np.ndarray[Any, Any]) -> bool:
    """Whether a slice is too small to conclude much from."""
    return bool(mask.sum() < FEW_PAIRS or len(np.unique(article[mask])) < FEW_ARTICLES)


def _by_value(kind: str, values: pd.Series[Any]) -> Iterator[tuple[Slice, Mask]]:
    """One slice for each value, the commonest first; ties by name."""
    codes, names = pd.factorize(values.astype(str), sort=True)
    for code in np.argsort(-np.bincount(codes, minlength=len(names)), kind="stable"):
        yield (kind, str(names[code])), codes == code


def _tagged(gold: pd.DataFrame) -> Iterator[tuple[Slice, Mask]]:
    tags = [set(t) if t is not None and not np.isscalar(t) else set() for t in gold["tags"]]
    for tag in (*TAGS, *sorted(set().union(*tags) - set(TAGS))):
        yield ("tag", tag), np.array([tag in t for t in tags])
    yield ("tag", "none"), np.array([not t for t in tags])


def _sentences(gold: pd.DataFrame) -> Iterator[tuple[Slice, Mask]]:
    """Whether the sentence names one party or several, and whether their labels conflict."""
    sentence = [gold["article_id"].fillna(gold["text"]), gold["sentence_index"]]
    parties = gold["target_party"].fillna(gold["target"]).groupby(sentence).transform("nunique")
    labels = gold["label"]
    has = {
        label: labels.eq(label).groupby(sentence).transform("any")
        for label in ("support", "opposition")
    }
    yield ("parties in the sentence", "one"), parties.eq(1).to_numpy(bool)
    yield ("parties in the sentence", "several"), parties.gt(1).to_numpy(bool)
    differ = labels.groupby(sentence).transform("nunique").gt(1)
    yield ("stances in the sentence", "different"), differ.to_numpy(bool)
    conflict = has["support"] & has["opposition"]
    yield ("stances in the sentence", "conflicting"), conflict.to_numpy(bool)


def _lengths(gold: pd.DataFrame) -> Iterator[tuple[Slice, Mask]]:
    size = (gold["sentence_end"] - gold["sentence_start"]).to_numpy()
    for low, high in LENGTHS:
        name = f"{low} characters and more" if high is None else f"{low} to {high - 1} characters"
        yield ("length", name), (size >= low) & (size < (high or np.inf))
