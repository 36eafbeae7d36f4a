"""Made-up test sets with a known truth, to see what the statistics do before trusting them.

Pairs come in articles, as in real corpora, and what two models get right is alike within an
article: the share of an article's pairs that favours one model varies by more than chance.
"""

from __future__ import annotations

from itertools import compress
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import norm

from stance.evaluation.align import Floats, Ints
from stance.schema.nouns import LABELS
from stance.schema.table import PAIRS, PREDICTIONS

#: Shares of the labels, in the order of ``LABELS``.
SHARES = (0.37, 0.40, 0.23)
#: How alike the flips of one article are. At 2.75 pairs an article this widens the error of a
#: difference as much as the public corpora do: its variance grows by a sixth (measured with two
#: TF-IDF models: 1.05 on news articles of 2.8 pairs, 1.2 to 1.3 on sentences of two pairs).
CLUSTERING = 0.15
PARTIES = ("Norland", "Estmark", "Harbour Union", "Hansa Lines", "Civic League", "Oster Council")


def simulated_gold(
    pairs: int = 1100, articles: int = 400, *, shares: tuple[float, ...] = SHARES, seed: int = 0
) -> pd.DataFrame:
    """Labelled pairs in the table's columns, a few to each article."""
    rng = np.random.default_rng(seed)
    article = np.sort(rng.integers(0, articles, pairs))
    sentence = rng.integers(0, 4, pairs)
    party = rng.choice(PARTIES, pairs, p=[0.3, 0.25, 0.2, 0.1, 0.1, 0.05])
    places = zip(article, sentence, party, strict=True)
    tags = ("negation", "quote", "passive")
    columns: dict[str, Any] = {
        "pair_id": [f"a{a}:{s}:{p}:{k}" for k, (a, s, p) in enumerate(places)],
        "article_id": [f"a{a}" for a in article],
        "sentence_index": sentence,
        "text": [f"{p} is named here." for p in party],
        "sentence_start": 0,
        "sentence_end": rng.integers(40, 300, pairs),
        "target": party,
        "target_party": party,
        "target_spans": [[{"start": 0, "end": len(p)}] for p in party],
        "holder_kind": "any",
        "label": rng.choice(LABELS, pairs, p=np.asarray(shares) / sum(shares)),
        "mixed": False,
        "unclear": False,
        "tags": [list(compress(tags, row)) for row in rng.random((pairs, len(tags))) < 0.15],
        "corpus": "simulated",
        "construct": "stance",
        "split": "test",
        "weight": 1.0,
        "provenance": "gold",
    }
    return pd.DataFrame(columns).reindex(columns=list(PAIRS))


def simulated_rivals(
    gold: pd.DataFrame,
    *,
    accuracy: float = 0.8,
    loss: float = 0.0,
    flips: float = 0.12,
    clustering: float = CLUSTERING,
    seed: int = 0,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Predictions of a champion and of a challenger that is worse by ``loss`` in accuracy.

    Correctness flips on a share ``flips`` of the pairs. ``clustering`` is the correlation, within
    an article, of the hidden normal variable that decides which of the two is right where.
    """
    rng = np.random.default_rng(seed)
    codes, names = pd.factorize(gold["article_id"])
    hidden = np.sqrt(clustering) * rng.standard_normal(len(names))[codes]
    hidden += np.sqrt(1 - clustering) * rng.standard_normal(len(gold))
    rank = norm.cdf(hidden)
    lost, won = (flips + loss) / 2, (flips - loss) / 2
    only_champion, only_challenger = rank < lost, rank > 1 - won
    same = ~only_champion & ~only_challenger
    both = same & (rng.random(len(gold)) < (accuracy - lost) / (1 - flips))
    wrong = rng.integers(1, 3, len(gold))
    return (
        predictions_of(gold, _answers(gold, both | only_champion, wrong)),
        predictions_of(gold, _answers(gold, both | only_challenger, wrong)),
    )


def simulated_model(gold: pd.DataFrame, accuracy: float = 0.8, seed: int = 0) -> pd.DataFrame:
    """Predictions that are right with a given probability, each pair by itself."""
    rng = np.random.default_rng(seed)
    right = rng.random(len(gold)) < accuracy
    return predictions_of(gold, _answers(gold, right, rng.integers(1, 3, len(gold))))


def predictions_of(
    gold: pd.DataFrame, answer: Ints, confidence: float | Floats = 0.8
) -> pd.DataFrame:
    """A predictions frame that gives ``answer`` (n, positions in ``LABELS``) so surely."""
    sure = np.broadcast_to(confidence, len(gold)).astype(np.float64)
    probabilities = np.repeat(((1 - sure) / 2)[:, None], len(LABELS), axis=1)
    probabilities[np.arange(len(gold)), answer] = sure
    frame = gold.reindex(columns=list(PREDICTIONS)).copy()
    frame["predicted"] = [LABELS[code] for code in answer]
    for column, label in enumerate(LABELS):
        frame[f"p_{label}"] = probabilities[:, column]
    frame["confidence"], frame["status"] = sure, "ok"
    return frame


def _answers(gold: pd.DataFrame, right: Any, wrong: Ints) -> Ints:
    truth = gold["label"].map(LABELS.index).to_numpy(np.int64)
    return np.where(right, truth, (truth + wrong) % len(LABELS))
