"""Splits: as upstream has them, or anew by article, story, time or party."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import pandas as pd

from stance.corpora.corpus import Corpus
from stance.schema.nouns import SPLITS, InputError

By = Literal["given", "article", "story", "time", "party"]


def resplit(corpus: Corpus, by: By, shares: Mapping[str, float], seed: int = 1) -> Corpus:
    """The corpus with new splits; ``shares`` of the pairs for ``dev`` and ``test``.

    ``article`` and ``story`` keep what belongs together on one side; ``time`` puts the newest
    articles into test and those before them into dev; ``party`` also keeps every party on one side:
    pairs whose article and party fall on two sides leave the corpus, counted.
    """
    if by == "given":
        return corpus
    if unknown := set(shares) - {"dev", "test"} or sum(shares.values()) >= 1:
        raise InputError(f"split.shares: give dev and test, together below 1 (have {unknown})")
    groups = _groups(corpus, by)
    order = _order(corpus, groups, by, seed)
    sizes = groups.value_counts()
    wanted = {split: shares.get(split, 0.0) * len(groups) for split in ("test", "dev")}
    side: dict[str, str] = {}
    for split, size in wanted.items():
        taken = 0
        while order and taken + sizes[order[0]] / 2 < size:
            taken += int(sizes[order[0]])
            side[order.pop(0)] = split
    pairs = corpus.pairs.assign(split=groups.map(side).fillna("train"))
    left_out = dict(corpus.left_out)
    if by == "party":
        pairs, dropped = _party_disjoint(pairs)
        left_out["party or article on two sides"] = dropped
    return replace(corpus, pairs=pairs.reset_index(drop=True), left_out=left_out)


def _groups(corpus: Corpus, by: By) -> pd.Series[str]:
    if by == "party":
        return corpus.pairs["target_party"].fillna("").astype(str)
    article = corpus.pairs["article_id"].astype(str)
    if by != "story":
        return article
    stories = corpus.articles.set_index("article_id")["story_id"].replace("", pd.NA)
    return article.map(stories.to_dict()).fillna(article).astype(str)


def _order(corpus: Corpus, groups: pd.Series[str], by: By, seed: int) -> list[str]:
    """The groups, those first that go to test."""
    names = sorted(set(groups))
    if by == "time":
        dates = corpus.articles.set_index("article_id")["date"].to_dict()
        if undated := [name for name in names if not dates.get(name)]:
            raise InputError(f"split.by time: article {undated[0]} has no date")
        return sorted(names, key=lambda name: (dates[name], name), reverse=True)
    random.Random(seed).shuffle(names)
    return names


def _party_disjoint(pairs: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Pairs of articles that lie on the side of most of their pairs."""
    rank = {split: i for i, split in enumerate(SPLITS)}
    most = pairs.groupby("article_id")["split"].agg(
        lambda found: max(sorted(set(found), key=rank.__getitem__), key=list(found).count)
    )
    kept = pairs[pairs["split"] == pairs["article_id"].map(most)]
    return kept, len(pairs) - len(kept)
