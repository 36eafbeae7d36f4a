"""Silver pairs: articles labelled by a program, each label with its votes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pandas as pd

from stance.labeling.votes import Labeler, Vote, aggregate
from stance.parties.matcher import Matcher
from stance.parties.pairing import article_rows
from stance.schema.nouns import CODEBOOK, LABELS, Article, Span, Verdict
from stance.schema.table import PAIRS, VOTES, pair_id, spans
from stance.text.languages import language_of
from stance.text.sentences import split_sentences

#: Articles whose pairs go to a labeler together: enough to keep a server busy.
CHUNK = 64
#: What a pair that comes from a corpus keeps.
_KEPT = ("corpus", "construct", "split", "tags")

Rows = list[dict[str, Any]]


def label_articles(
    articles: Iterable[Article], matcher: Matcher, labeler: Labeler
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pairs and votes of articles, as :func:`label_rows` makes them."""
    return _labelled_chunks((_rows(article, matcher) for article in articles), labeler)


def label_pairs(
    articles: Iterable[pd.DataFrame], labeler: Labeler
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same for pairs that are there already, a frame for each article."""
    return _labelled_chunks((pairs.to_dict("records") for pairs in articles), labeler)


def _labelled_chunks(
    articles: Iterator[Any], labeler: Labeler
) -> tuple[pd.DataFrame, pd.DataFrame]:
    pairs: Rows = []
    votes: Rows = []
    while some := list(islice(articles, CHUNK)):
        found, cast = label_rows([row for rows in some for row in rows], labeler)
        pairs += found
        votes += cast
    return pd.DataFrame(pairs, columns=list(PAIRS)), pd.DataFrame(votes, columns=list(VOTES))


def label_rows(rows: Rows, labeler: Labeler) -> tuple[Rows, Rows]:
    """Pairs and votes; a pair without a vote gets the labeler's default and says so.

    A target with a holder has a holder-free row and a directed one, as in any corpus.
    """
    pairs: Rows = []
    votes: Rows = []
    asked = labeler.votes(pd.DataFrame(rows)) if rows else []
    for row, cast in zip(rows, asked, strict=True):
        spoken = [vote for vote in cast if vote.label != "abstain"]
        label, deciding = aggregate(spoken) if spoken else (labeler.default, None)
        base = row | _labelled(label, _annotator(labeler, deciding), spoken)
        base |= {name: row[name] for name in _KEPT if name in row}
        pairs.append(base)
        if deciding and deciding.holder is not None and label in ("support", "opposition"):
            pairs.append(base | _held(row, deciding, rows))
        votes += [_vote(row, vote, rows, labeler) for vote in cast]
    return pairs, votes


def _rows(article: Article, matcher: Matcher) -> Rows:
    sentences = split_sentences(article.text, language_of(article))
    rows = article_rows(article, sentences, matcher.find(sentences))
    return [row for row in rows if row["status"] == "ok"]


def _annotator(labeler: Labeler, deciding: Vote | None) -> str:
    rule = deciding.rule if deciding else "none"
    return f"{labeler.name}:{rule}" if rule else labeler.name


def _labelled(label: Verdict | None, annotator: str, votes: list[Vote]) -> dict[str, Any]:
    conflict = {"support", "opposition"} <= {vote.label for vote in votes}
    return {
        "label": label if label in LABELS else None,
        "mixed": label == "mixed" or conflict,
        "unclear": label not in (*LABELS, "mixed"),
        "tags": [],
        "corpus": "silver",
        "construct": "stance",
        "split": "train",
        "weight": 1.0,
        "provenance": "silver",
        "annotator": annotator,
        "codebook": CODEBOOK,
    }


def _held(row: dict[str, Any], vote: Vote, rows: Rows) -> dict[str, Any]:
    key = (row["article_id"], row["sentence_index"], row["target_party"])
    found = _holder(row, vote, rows)
    return found | {"pair_id": pair_id(*key, found["holder_party"] or str(vote.holder))}


def _holder(row: dict[str, Any], vote: Vote, rows: Rows) -> dict[str, Any]:
    if isinstance(vote.holder, Span):
        words = vote.holder.of(row["text"])
        place = spans((vote.holder.start, vote.holder.end))
        return {
            "holder_kind": "party",
            "holder": words,
            "holder_party": words,
            "holder_spans": place,
        }
    if not isinstance(vote.holder, int):
        kind = vote.holder
        return {"holder_kind": kind, "holder": None, "holder_party": None, "holder_spans": []}
    source = rows[vote.holder]
    return {
        "holder_kind": "party",
        "holder": source["target"],
        "holder_party": source["target_party"],
        "holder_spans": source["target_spans"],
    }


def _vote(row: dict[str, Any], vote: Vote, rows: Rows, labeler: Labeler) -> dict[str, Any]:
    return _holder(row, vote, rows) | {
        "pair_id": row["pair_id"],
        "annotator": labeler.name,
        "kind": labeler.kind,
        "label": vote.label,
        "rule": vote.rule,
        "evidence": vote.evidence,
        "confidence": vote.confidence,
        "time": None,
        "codebook": CODEBOOK,
    }
