"""Silver pairs: articles labelled by rules, each label with its votes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from stance.labeling.model import RulesModel, aggregate
from stance.labeling.rules import Vote
from stance.parties.matcher import Matcher
from stance.parties.pairing import article_rows
from stance.schema.nouns import CODEBOOK, Article
from stance.schema.table import pair_id
from stance.text.languages import language_of
from stance.text.sentences import split_sentences


def label_articles(
    articles: Iterable[Article], matcher: Matcher, model: RulesModel
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pairs and votes; a pair on which no rule voted is neutral by default and says so.

    A target with a holder has a holder-free row and a directed one, as in any corpus.
    """
    rows = [row for article in articles for row in _rows(article, matcher)]
    frame = pd.DataFrame(rows)
    votes = model.votes(frame) if len(frame) else []
    pairs: list[dict[str, Any]] = []
    for row, cast in zip(rows, votes, strict=True):
        label, deciding = aggregate(cast)
        annotator = f"rules:{deciding.rule}" if deciding else "rules:none"
        base = row | _labelled(label, annotator, mixed=len({v.label for v in cast}) > 1)
        pairs.append(base)
        if deciding and label != "neutral":
            pairs.append(base | _held(row, deciding, rows))
    return pd.DataFrame(pairs), _votes(rows, votes)


def _rows(article: Article, matcher: Matcher) -> list[dict[str, Any]]:
    sentences = split_sentences(article.text, language_of(article))
    rows = article_rows(article, sentences, matcher.find(sentences))
    return [row for row in rows if row["status"] == "ok"]


def _labelled(label: str, annotator: str, *, mixed: bool) -> dict[str, Any]:
    return {
        "label": label,
        "mixed": mixed and label != "neutral",
        "unclear": False,
        "tags": [],
        "corpus": "silver",
        "construct": "stance",
        "split": "train",
        "weight": 1.0,
        "provenance": "silver",
        "annotator": annotator,
        "codebook": CODEBOOK,
    }


def _held(row: dict[str, Any], vote: Vote, rows: list[dict[str, Any]]) -> dict[str, Any]:
    key = (row["article_id"], row["sentence_index"], row["target_party"])
    if not isinstance(vote.holder, int):
        return {"pair_id": pair_id(*key, str(vote.holder)), "holder_kind": vote.holder}
    source = rows[vote.holder]
    return {
        "pair_id": pair_id(*key, source["target_party"]),
        "holder_kind": "party",
        "holder": source["target"],
        "holder_party": source["target_party"],
        "holder_spans": source["target_spans"],
    }


def _votes(rows: list[dict[str, Any]], votes: list[list[Vote]]) -> pd.DataFrame:
    cast = [
        {"pair_id": row["pair_id"], "annotator": "rules", "label": vote.label, "rule": vote.rule}
        for row, found in zip(rows, votes, strict=True)
        for vote in found
    ]
    return pd.DataFrame(cast, columns=["pair_id", "annotator", "label", "rule"])
