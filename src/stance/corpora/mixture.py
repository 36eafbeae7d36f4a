"""Several corpora in one training set, each with its weight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from stance.corpora.corpus import Corpus
from stance.corpora.leakage import leaks_between
from stance.schema.nouns import InputError


def mix(corpora: Sequence[Corpus], weights: Mapping[str, float], name: str = "mixture") -> Corpus:
    """One corpus of several; pair and article ids get the corpus's name in front.

    Every row keeps its own ``corpus``, ``construct`` and split, and so the head that it feeds:
    holder-free or directed. A row of train whose sentence is measured in any of the corpora leaves.
    """
    if len({corpus.name for corpus in corpora}) < len(corpora):
        raise InputError(f"corpus {name}: a corpus stands twice in the mixture")
    if unknown := set(weights) - {corpus.name for corpus in corpora}:
        raise InputError(
            f"corpus {name}: weights for {', '.join(sorted(unknown))}, not in the mixture"
        )
    pairs = pd.concat(
        [
            _named(corpus.pairs, corpus.name, float(weights.get(corpus.name, 1.0)))
            for corpus in corpora
        ],
        ignore_index=True,
    )
    articles = pd.concat(
        [c.articles.assign(article_id=c.name + ":" + c.articles["article_id"]) for c in corpora],
        ignore_index=True,
    )
    train, measured = pairs[pairs["split"] == "train"], pairs[pairs["split"] != "train"]
    leaking = {leak.pair_id for leak in leaks_between(train, measured)}
    kept = pairs[~pairs["pair_id"].isin(leaking)].reset_index(drop=True)
    constructs = {corpus.construct for corpus in corpora}
    return Corpus(
        name=name,
        construct="stance" if "stance" in constructs else "portrayal",
        pairs=kept,
        articles=articles,
        licence="; ".join(dict.fromkeys(corpus.licence for corpus in corpora)),
        restricted=any(corpus.restricted for corpus in corpora),
        source="; ".join(corpus.source for corpus in corpora),
        inputs=_prefixed(corpora, "inputs"),
        repairs=_prefixed(corpora, "repairs"),
        left_out=_prefixed(corpora, "left_out") | {"also in a measured part": len(leaking)},
        notes={"weights": dict(weights), "corpora": [corpus.name for corpus in corpora]},
    )


def _named(pairs: pd.DataFrame, name: str, weight: float) -> pd.DataFrame:
    return pairs.assign(
        pair_id=name + ":" + pairs["pair_id"],
        article_id=name + ":" + pairs["article_id"],
        weight=pairs["weight"] * weight,
    )


def _prefixed(corpora: Sequence[Corpus], field: str) -> dict[str, Any]:
    return {
        f"{corpus.name}: {key}": value
        for corpus in corpora
        for key, value in getattr(corpus, field).items()
    }
