"""How far annotators agree: overall, by label, by party, by pair of annotators; and where not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from stance.evaluation.bootstrap import Tally, interval
from stance.labeling.chance import Floats, alpha, coincidences, kappa, one_against_rest
from stance.labeling.opinions import opinions
from stance.schema.nouns import VERDICTS, InputError

LABELS = tuple(name for name in VERDICTS if name != "abstain")
_SIZE = len(LABELS)
#: How far apart two labels are, for the list of disagreements.
_FAR = {frozenset({"support", "opposition"}): 2}

#: A party with fewer doubly labelled pairs is counted with the others.
LEAST, OTHERS = 5, "(others)"


def agreement(
    votes: pd.DataFrame, pairs: pd.DataFrame, *, draws: int = 1000, seed: int = 0
) -> dict[str, Any]:
    """Krippendorff's α (overall, for each label against the rest, for each target party) and
    Cohen's κ (for each two annotators), each with the pairs it is made of and its interval.

    ``unclear``, ``mixed`` and ``wrong_link`` are labels here as any other; abstentions are not.
    Intervals draw whole articles. What is not defined (all say the same) is ``None``. Raises
    :class:`InputError` where no pair has labels of two annotators.
    """
    wide = crossed(votes)
    counts = np.stack([(wide == label).sum(axis=1) for label in LABELS], axis=1).astype(float)
    several = counts.sum(1) > 1
    if not several.any():
        raise InputError("agreement: no pair has labels of two annotators")
    wide, counts = wide[several], counts[several]
    about = pairs.drop_duplicates("pair_id").set_index("pair_id").reindex(wide.index)
    article = pd.factorize(about["article_id"].fillna(about.index.to_series()))[0]
    resampled = Resampled(article, draws, seed)
    together = coincidences(counts)
    whole = np.ones(len(wide), bool)
    used = [code for code in range(_SIZE) if counts[:, code].any()]
    parties = _parties(about)
    return {
        "annotators": list(wide.columns),
        "articles": int(article.max()) + 1,
        **resampled("alpha", alpha, together, whole),
        "per_class": {
            LABELS[code]: resampled("alpha", alpha, one_against_rest(together, code), whole)
            | {"n": int((counts[:, code] > 0).sum())}
            for code in used
        },
        "per_party": {
            str(party): resampled("alpha", alpha, together, (parties == party).to_numpy())
            for party in parties.value_counts().index
        },
        "per_annotator_pair": [
            {"annotators": [one, other]}
            | resampled("kappa", kappa, *_confusion(wide[one], wide[other]))
            for one, other in combinations(wide.columns, 2)
            if (wide[one].notna() & wide[other].notna()).any()
        ],
        "holder": holder_agreement(votes),
        "bootstrap": {"unit": "article", "draws": draws, "seed": seed},
    }


@dataclass(frozen=True)
class Resampled:
    """Figures of summed matrices with their intervals over articles (which are numbered)."""

    article: Any
    draws: int
    seed: int

    def __call__(
        self, name: str, figure: Callable[[Floats], Floats], matrices: Floats, rows: Any
    ) -> dict[str, Any]:
        """``matrices`` has one for each pair, shape (pairs, K, K); ``rows`` says which count."""
        own = matrices[rows]
        shape = own.shape[1:]
        tally = Tally(own.reshape(len(own), -1), pd.factorize(self.article[rows])[0])
        value = float(figure(tally.total().reshape(shape)))
        same = np.isclose(np.trace(own, axis1=1, axis2=2), own.sum((1, 2)))
        ends: list[float | None] = [None, None]
        if tally.articles > 1 and np.isfinite(value):
            drawn = figure(tally.resampled(self.draws, self.seed).reshape(self.draws, *shape))
            found = interval(drawn, value, tally.articles)
            ends = [_plain(min(max(float(end), -1.0), 1.0)) for end in found]
        return {"n": len(own), "agreed": _plain(same.mean()), name: _plain(value), "interval": ends}


def holder_agreement(votes: pd.DataFrame) -> dict[str, Any]:
    """Where two annotators give a target the same stance and a holder each: how often the same."""
    polar = votes[votes["label"].isin(("support", "opposition")) & votes["holder_kind"].notna()]
    names = polar["holder_party"].where(polar["holder_party"].notna(), polar["holder_kind"])
    keys = [polar[name] for name in ("pair_id", "label", "annotator")]
    each = names.groupby(keys).agg(frozenset)
    same = [
        one == other
        for _, group in each.groupby(level=("pair_id", "label"))
        for one, other in combinations(group, 2)
    ]
    return {"n": len(same), "agreed": _plain(float(np.mean(same))) if same else None}


def _parties(about: pd.DataFrame) -> pd.Series[str]:
    parties = about["target_party"].fillna("").astype(str)
    return parties.where(parties.map(parties.value_counts()) >= LEAST, OTHERS)


def crossed(votes: pd.DataFrame) -> pd.DataFrame:
    """Labels by pair (rows) and annotator (columns); nothing where one said nothing."""
    said = opinions(votes)
    return said.pivot(index="pair_id", columns="annotator", values="label")


def disagreements(votes: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs on which annotators differ, the worst first, a column for each annotator."""
    wide = crossed(votes)
    differ = wide[wide.nunique(axis=1) > 1]
    far = [
        max(_FAR.get(frozenset(two), 1) for two in combinations(set(row), 2))
        for row in _said(differ)
    ]
    about = pairs.drop_duplicates("pair_id").set_index("pair_id").reindex(differ.index)
    sentences = [
        text[int(start) : int(end)] if isinstance(text, str) else ""
        for text, start, end in zip(
            about["text"], about["sentence_start"], about["sentence_end"], strict=True
        )
    ]
    shown = about[["article_id", "target"]].assign(sentence=sentences, far=far)
    found = shown.join(differ).sort_values("far", ascending=False, kind="stable")
    return found.drop(columns="far").reset_index()


def _said(wide: pd.DataFrame) -> list[list[str]]:
    return [[label for label in row if isinstance(label, str)] for row in wide.to_numpy()]


def _confusion(one: pd.Series[str], other: pd.Series[str]) -> tuple[Floats, Any]:
    """Each pair's cell in the matrix of two annotators, and which pairs both have labelled."""
    codes = [
        np.array([LABELS.index(v) if isinstance(v, str) else -1 for v in s]) for s in (one, other)
    ]
    both = (codes[0] >= 0) & (codes[1] >= 0)
    cells = np.zeros((len(one), _SIZE, _SIZE))
    rows = np.flatnonzero(both)
    cells[rows, codes[0][both], codes[1][both]] = 1
    return cells, both


def _plain(value: float) -> float | None:
    return round(value, 4) if np.isfinite(value) else None
