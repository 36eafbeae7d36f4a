"""Who labels what: every sentence goes to one annotator, a drawn share of them to several."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pandas as pd

from stance.schema.nouns import InputError

#: What an annotator gets whole: a sentence, with all its targets.
SENTENCE = ["article_id", "sentence_index", "text", "sentence_start"]


def assign(
    pairs: pd.DataFrame, annotators: Sequence[str], overlap: float, each: int, seed: int
) -> dict[str, pd.DataFrame]:
    """The pairs of each annotator, in the order in which they came.

    A share ``overlap`` of the pairs goes to ``each`` annotators, the others to one; everybody gets
    about as many. The same seed draws the same sentences. Raises :class:`InputError` where there
    are fewer annotators than a pair needs, or one stands twice.
    """
    if not annotators or len(set(annotators)) < len(annotators):
        raise InputError("annotators: name at least one, and nobody twice")
    if not 0 <= overlap <= 1 or (overlap and not 2 <= each <= len(annotators)):
        raise InputError(
            f"overlap {overlap} by {each} of {len(annotators)} annotators: overlap is a share of "
            "the pairs, from 0 to 1, and goes to at least 2 of the annotators"
        )
    rng = random.Random(seed)
    sentences = pairs.reset_index(drop=True).groupby(SENTENCE, sort=False)
    groups = [[int(row) for row in rows] for rows in sentences.indices.values()]
    rng.shuffle(groups)
    rows: dict[str, list[int]] = {name: [] for name in annotators}
    shared = 0
    for group in groups:
        # By half of the next sentence either way, so that the share is met as nearly as it can be.
        double = shared + len(group) / 2 <= overlap * len(pairs) and overlap > 0
        shared += len(group) * double
        order = sorted(annotators, key=lambda name: (len(rows[name]), rng.random()))
        for name in order[: each if double else 1]:
            rows[name] += group
    return {name: pairs.iloc[sorted(found)] for name, found in rows.items()}
