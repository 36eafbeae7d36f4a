"""Leaks: the same sentence, or nearly the same, on two sides of a split or in two corpora.

Exact after normalisation (case, punctuation and spaces aside) by hash; near by MinHash over
three-word shingles (``datasketch``), confirmed by the Jaccard similarity of the shingles.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import pandas as pd
from datasketch import MinHash, MinHashLSH

from stance.corpora.corpus import Corpus
from stance.schema.nouns import SPLITS, InputError

Mode = Literal["fail", "drop", "report"]
#: How alike two sentences' shingles must be to be near copies.
NEAR = 0.7
#: Candidates are gathered well below that, so that the hashing's noise hides none; then counted.
CANDIDATE = 0.5
PERMUTATIONS = 128
#: Shorter sentences are compared exactly only: three words in common say nothing there.
LEAST_WORDS = 8
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Leak:
    """A pair of the training side whose sentence stands on the measured side too."""

    pair_id: str
    other: str
    kind: Literal["exact", "near"]
    split: str


def sentences(pairs: pd.DataFrame) -> pd.Series[str]:
    """The labelled sentence of each row, without its window."""
    columns = zip(pairs["text"], pairs["sentence_start"], pairs["sentence_end"], strict=True)
    return pd.Series([text[start:end] for text, start, end in columns], index=pairs.index)


def find_leaks(pairs: pd.DataFrame, near: float = NEAR) -> list[Leak]:
    """Every row of a split whose sentence also stands in a later one (train < dev < test)."""
    texts = sentences(pairs)
    found: list[Leak] = []
    for place, split in enumerate(SPLITS[:-1]):
        here = pairs["split"] == split
        there = pairs["split"].isin(SPLITS[place + 1 :])
        found += _between(pairs[here], texts[here], pairs[there], texts[there], near)
    return found


def leaks_between(left: pd.DataFrame, right: pd.DataFrame, near: float = NEAR) -> list[Leak]:
    """Rows of ``left`` whose sentences stand in ``right``."""
    return _between(left, sentences(left), right, sentences(right), near)


def _between(
    left: pd.DataFrame,
    left_texts: pd.Series[str],
    right: pd.DataFrame,
    right_texts: pd.Series[str],
    near: float,
) -> list[Leak]:
    if left.empty or right.empty:
        return []
    index = _Index(dict(zip(right_texts, right["pair_id"], strict=True)), near)
    split_of = dict(zip(right["pair_id"], right["split"], strict=True))
    answers = {text: index.find(text) for text in dict.fromkeys(left_texts)}
    found = []
    for pair_id, text in zip(left["pair_id"], left_texts, strict=True):
        answer = answers[text]
        if answer is not None:
            kind, other = answer
            found.append(Leak(pair_id, other, kind, split_of[other]))
    return found


class _Index:
    """The sentences of one side, to be asked for exact and near copies."""

    def __init__(self, owners: Mapping[str, str], near: float) -> None:
        self.near = near
        self.exact = {normal(text): owner for text, owner in owners.items()}
        self.lsh = MinHashLSH(threshold=min(near, CANDIDATE), num_perm=PERMUTATIONS)
        self.shingles: dict[str, frozenset[str]] = {}
        for text, owner in owners.items():
            shingles = _shingles(text)
            if shingles and owner not in self.shingles:
                self.shingles[owner] = shingles
                self.lsh.insert(owner, _minhash(shingles), check_duplication=False)

    def find(self, text: str) -> tuple[Literal["exact", "near"], str] | None:
        """How ``text`` stands there, and whose it is."""
        if owner := self.exact.get(normal(text)):
            return "exact", owner
        shingles = _shingles(text)
        if not shingles:
            return None
        for owner in sorted(self.lsh.query(_minhash(shingles))):
            other = self.shingles[owner]
            if len(shingles & other) >= self.near * len(shingles | other):
                return "near", owner
        return None


def normal(text: str) -> str:
    """A sentence as it is compared: lower case, words only."""
    return " ".join(_WORD.findall(text.lower()))


def _shingles(text: str) -> frozenset[str]:
    words = _WORD.findall(text.lower())
    if len(words) < LEAST_WORDS:
        return frozenset()
    # Single words too, so that one changed word in the middle does not hide a copy.
    return frozenset(words) | {" ".join(two) for two in pairwise(words)}


def _minhash(shingles: Iterable[str]) -> MinHash:
    made = MinHash(num_perm=PERMUTATIONS, seed=1)
    made.update_batch([shingle.encode() for shingle in sorted(shingles)])
    return made


def settle(corpus: Corpus, mode: Mode, near: float = NEAR) -> tuple[Corpus, list[Leak]]:
    """Refuse a leaking corpus, or let the leaking rows of the earlier splits leave it.

    The parts that are measured stay as they are: from train to dev or test, the rows of *train*
    leave; from dev to test, those of dev are only reported. Raises :class:`InputError` in ``fail``.
    """
    found = find_leaks(corpus.pairs, near)
    if found and mode == "fail":
        raise InputError(
            f"corpus {corpus.name}: {told(found)}; mend it, or set corpus.leakage=drop"
        )
    if not found or mode == "report":
        return corpus, found
    of_train = set(corpus.pairs.loc[corpus.pairs["split"] == "train", "pair_id"])
    leaving = {leak.pair_id for leak in found} & of_train
    kept = corpus.pairs[~corpus.pairs["pair_id"].isin(leaving)].reset_index(drop=True)
    left_out = corpus.left_out | {"also in a measured part": len(corpus.pairs) - len(kept)}
    return replace(corpus, pairs=kept, left_out=left_out), found


def told(leaks: Sequence[Leak], shown: int = 3) -> str:
    """Leaks in one line: how many, and the first of them."""
    kinds: defaultdict[str, int] = defaultdict(int)
    for leak in leaks:
        kinds[f"{leak.kind} copies in {leak.split}"] += 1
    counted = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
    first = "; ".join(f"{leak.pair_id} = {leak.other}" for leak in leaks[:shown])
    return f"{counted} ({first}{' …' if len(leaks) > shown else ''})"


def shared_articles(pairs: pd.DataFrame) -> int:
    """How many articles stand in more than one split."""
    return int((pairs.groupby("article_id")["split"].nunique() > 1).sum())
