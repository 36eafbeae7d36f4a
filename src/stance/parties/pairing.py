"""From an article to its pairs: every sentence, and every party that is named in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stance.schema.nouns import Article, Mention, Sentence, Span
from stance.schema.table import pair_id, spans
from stance.text.windows import CONTEXT, Window, window_of


def article_rows(
    article: Article,
    sentences: Sequence[Sentence],
    mentions: Sequence[Sequence[Mention]],
    context: int = CONTEXT,
) -> list[dict[str, Any]]:
    """One row for each sentence × party, keyed as the table's; a sentence without a party has one
    row with the status ``no_party``, an article without sentences one with ``empty``.
    """
    rows: list[dict[str, Any]] = []
    for sentence in sentences:
        window = window_of(article.text, sentences, sentence.index, context)
        before = sentences[max(0, sentence.index - context) : sentence.index]
        parties: dict[str, list[Span]] = {m.party: [] for m in mentions[sentence.index]}
        for one in (sentence, *before):
            for mention in mentions[one.index]:
                if mention.party in parties:
                    parties[mention.party].append(window.place(one, mention.span))
        base = _base(article, sentence, window)
        for party, places in parties.items():
            rows.append(base | _target(party, places, window))
            rows[-1]["pair_id"] = pair_id(article.id, sentence.index, party)
        if not parties:
            rows.append(base | {"status": "no_party"})
    return rows or [_empty(article)]


def _base(article: Article, sentence: Sentence, window: Window) -> dict[str, Any]:
    return {
        "pair_id": pair_id(article.id, sentence.index, ""),
        "article_id": article.id,
        "sentence_index": sentence.index,
        "text": window.text,
        "sentence_start": window.sentence.start,
        "sentence_end": window.sentence.end,
        "target": None,
        "target_party": None,
        "target_spans": [],
        "holder_kind": "any",
        "holder": None,
        "holder_party": None,
        "holder_spans": [],
        "status": "ok",
    }


def _target(party: str, places: Sequence[Span], window: Window) -> dict[str, Any]:
    """The target's words and all its mentions in the window, the sentence's own first."""
    return {
        "target": places[0].of(window.text),
        "target_party": party,
        "target_spans": spans(*((place.start, place.end) for place in places)),
    }


def _empty(article: Article) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(("target", "target_party", "holder", "holder_party"))
    return row | {
        "pair_id": pair_id(article.id, -1, ""),
        "article_id": article.id,
        "sentence_index": -1,
        "text": "",
        "sentence_start": 0,
        "sentence_end": 0,
        "target_spans": [],
        "holder_kind": "any",
        "holder_spans": [],
        "status": "empty",
    }
