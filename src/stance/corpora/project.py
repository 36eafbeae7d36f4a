"""The corpus written for this project: marked articles → pairs, with a frozen test part."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from stance.corpora.corpus import Corpus, file_hashes
from stance.corpora.markup import (
    UNNAMED_HOLDERS,
    MarkedArticle,
    MarkedSentence,
    MarkedStance,
    read_marked,
)
from stance.schema.nouns import CODEBOOK, InputError, Sentence, Span
from stance.schema.table import pair_id, spans
from stance.text.windows import Window, window_of

#: Where the articles and ``splits.json`` lie, in a checkout and in the wheel.
FOLDER = Path(__file__).parent / "project_articles"
ANNOTATOR = "project"


def read_project(folder: Path = FOLDER) -> list[MarkedArticle]:
    """All articles in order; raises :class:`InputError` for a doubled id or a changed test part."""
    articles = [article for path in sorted(folder.glob("*.yaml")) for article in read_marked(path)]
    if not articles:
        raise InputError(f"{folder}: no articles (*.yaml) here")
    ids = [article.id for article in articles]
    if doubled := {name for name in ids if ids.count(name) > 1}:
        raise InputError(f"{folder}: article {', '.join(sorted(doubled))} stands twice")
    return articles


def read_splits(folder: Path, articles: Sequence[MarkedArticle]) -> dict[str, str]:
    """Article id → split. The test part is frozen: its hash must be the one on record."""
    record = json.loads((folder / "splits.json").read_text(encoding="utf-8"))
    frozen = [article for article in articles if article.id in set(record["test"])]
    if (found := fingerprint(frozen)) != record["test_sha256"]:
        raise InputError(
            f"{folder / 'splits.json'}: the frozen test part has changed "
            f"(on record {record['test_sha256'][:12]}, found {found[:12]}); restore its articles"
        )
    parts = {name: split for split in ("dev", "test") for name in record[split]}
    return {article.id: parts.get(article.id, "train") for article in articles}


def fingerprint(articles: Sequence[MarkedArticle]) -> str:
    """The sha256 of the articles' texts and labels, however their files are laid out."""
    rows = [row for article in articles for row in article_pairs(article)]
    kept = ("pair_id", "text", "target_spans", "holder_spans", "label", "mixed", "unclear", "tags")
    lines = sorted(json.dumps([row[name] for name in kept]) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def project_pairs(articles: Sequence[MarkedArticle], splits: dict[str, str]) -> pd.DataFrame:
    """Every pair of every article: one holder-free row a target, and one row for each holder."""
    rows = [
        row | {"split": splits[article.id]}
        for article in articles
        for row in article_pairs(article)
    ]
    return pd.DataFrame(rows)


def project_articles(articles: Sequence[MarkedArticle]) -> pd.DataFrame:
    """What belongs to the articles, a row each."""
    return pd.DataFrame(
        {
            "article_id": article.id,
            "title": article.title,
            "date": article.date.isoformat(),
            "source": article.source,
            "url": "",
            "language": "en",
            "story_id": article.story,
            "licence": "Apache-2.0",
        }
        for article in articles
    )


def article_pairs(article: MarkedArticle) -> Iterator[dict[str, Any]]:
    """The pairs of one article as rows of the table, without their split."""
    text, sentences = _joined(article.sentences)
    for index, marked in enumerate(article.sentences):
        window = window_of(text, sentences, index)
        for target in dict.fromkeys(name for _, name in marked.mentions):
            stances = [s for s in marked.stances if s.target == target]
            base = _base(article, index, window, sentences, target)
            yield base | _holder_free(base, stances, marked)
            for stance in stances:
                if stance.holder is not None:
                    yield base | _directed(base, stance, article, index, window, sentences, marked)


def _joined(marked: Sequence[MarkedSentence]) -> tuple[str, list[Sentence]]:
    text, sentences = "", []
    for index, sentence in enumerate(marked):
        start = len(text) + (index > 0)
        text += " " * (index > 0) + sentence.text
        sentences.append(Sentence(index, Span(start, len(text)), sentence.text))
    return text, sentences


def _base(
    article: MarkedArticle, index: int, window: Window, sentences: Sequence[Sentence], target: str
) -> dict[str, Any]:
    found = _mentions(article, index, window, sentences, target)
    current = article.sentences[index].spans_of(target)[0]
    return {
        "article_id": article.id,
        "sentence_index": index,
        "text": window.text,
        "sentence_start": window.sentence.start,
        "sentence_end": window.sentence.end,
        "target": window.place(sentences[index], current).of(window.text),
        "target_party": article.parties[target],
        "target_spans": _own_first(found, window),
        "holder": None,
        "holder_party": None,
        "holder_spans": [],
        "unclear": False,
        "corpus": "project",
        "construct": "stance",
        "weight": 1.0,
        "provenance": "authored",
        "annotator": ANNOTATOR,
        "codebook": CODEBOOK,
    }


def _mentions(
    article: MarkedArticle, index: int, window: Window, sentences: Sequence[Sentence], party: str
) -> list[Span]:
    """All of a party's mentions in the window, in order."""
    first = next(i for i, s in enumerate(sentences) if s.span.start == window.offset)
    return [
        window.place(sentences[i], span)
        for i in range(first, index + 1)
        for span in article.sentences[i].spans_of(party)
    ]


def _own_first(found: Sequence[Span], window: Window) -> list[dict[str, int]]:
    """The labelled sentence's own mentions before those of its context."""
    own = [s for s in found if s.start >= window.sentence.start]
    rest = [s for s in found if s.start < window.sentence.start]
    return spans(*((s.start, s.end) for s in own + rest))


def _holder_free(
    base: dict[str, Any], stances: Sequence[MarkedStance], marked: MarkedSentence
) -> dict[str, Any]:
    """The target's common label, whoever holds it; ``self`` is not rolled up (codebook)."""
    labels = {s.label for s in stances if s.holder != "self"} - {"neutral"} or {"neutral"}
    return {
        "pair_id": pair_id(base["article_id"], base["sentence_index"], base["target_party"]),
        "holder_kind": "any",
        "label": min(labels) if len(labels) == 1 else None,
        "mixed": len(labels) > 1,
        "unclear": any(s.unclear for s in stances),
        "tags": _tags(stances, marked),
    }


def _directed(
    base: dict[str, Any],
    stance: MarkedStance,
    article: MarkedArticle,
    index: int,
    window: Window,
    sentences: Sequence[Sentence],
    marked: MarkedSentence,
) -> dict[str, Any]:
    holder = str(stance.holder)
    row = {
        "pair_id": pair_id(
            base["article_id"],
            index,
            base["target_party"],
            article.parties.get(holder, holder),
        ),
        "holder_kind": holder if holder in UNNAMED_HOLDERS else "party",
        "label": stance.label,
        "mixed": False,
        "unclear": stance.unclear,
        "tags": _tags([stance], marked),
    }
    if holder not in UNNAMED_HOLDERS:
        found = _own_first(_mentions(article, index, window, sentences, holder), window)
        row |= {
            "holder": window.text[found[0]["start"] : found[0]["end"]],
            "holder_party": article.parties[holder],
            "holder_spans": found,
        }
    return row


def _tags(stances: Sequence[MarkedStance], marked: MarkedSentence) -> list[str]:
    """The tags as written, and those that the sentence's own labels decide."""
    tags = {tag for stance in stances for tag in stance.tags} - {"multi", "conflicting"}
    if len({name for _, name in marked.mentions}) >= 3:
        tags.add("multi")
    if {"support", "opposition"} <= {s.label for s in marked.stances if s.holder != "self"}:
        tags.add("conflicting")
    return sorted(tags)


def load_project(root: str | None = None) -> Corpus:
    """The project's corpus with its fixed splits; ``root`` is another folder of the same shape."""
    folder = Path(root) if root else FOLDER
    articles = read_project(folder)
    splits = read_splits(folder, articles)
    return Corpus(
        name="project",
        construct="stance",
        pairs=project_pairs(articles, splits),
        articles=project_articles(articles),
        licence="Apache-2.0",
        source="written for this project",
        inputs=file_hashes(folder.glob("*.yaml"), folder),
    )
