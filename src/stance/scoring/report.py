"""The report: one HTML file that needs no network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, select_autoescape

from stance.schema.nouns import LABELS, Article
from stance.scoring.rollup import by_party, holder_to_target, statuses


def render(predictions: pd.DataFrame, articles: Sequence[Article], names: dict[str, str]) -> str:
    """The page for these predictions; article texts are escaped."""
    environment = Environment(
        loader=PackageLoader("stance.scoring"), autoescape=select_autoescape(("html", "j2"))
    )
    matrix = holder_to_target(predictions)
    return environment.get_template("report.html.j2").render(
        articles=[_article(article, predictions, names) for article in articles],
        parties=_named(by_party(predictions), names, "target_party"),
        links=_named(matrix, names, "holder_party", "target_party"),
        statuses=statuses(predictions),
        labels=LABELS,
        sentences=predictions.drop_duplicates(["article_id", "sentence_index"]).shape[0],
    )


def _named(rows: pd.DataFrame, names: dict[str, str], *columns: str) -> list[dict[str, Any]]:
    for column in columns:
        rows[column] = rows[column].map(lambda party: names.get(party, party))
    return [dict(row) for _, row in rows.iterrows()]


def _article(article: Article, predictions: pd.DataFrame, names: dict[str, str]) -> dict[str, Any]:
    own = predictions[predictions["article_id"] == article.id]
    sentences = [
        {"index": index, "pieces": _pieces(rows, names), "rows": _rows(rows, names)}
        for index, rows in own[own["sentence_index"] >= 0].groupby("sentence_index")
    ]
    return {
        "id": article.id,
        "title": article.title or article.id,
        "date": article.date,
        "source": article.source,
        "sentences": sentences,
    }


def _rows(rows: pd.DataFrame, names: dict[str, str]) -> list[dict[str, Any]]:
    found = [{**row} for _, row in rows[rows["target_party"].notna()].iterrows()]
    for row in found:
        holder = row["holder_party"]
        kind = row["holder_kind"] if row["holder_kind"] != "any" else ""
        row["party"] = names.get(row["target_party"], row["target_party"])
        row["held_by"] = names.get(holder, holder) if isinstance(holder, str) else kind
    return found


def _pieces(rows: pd.DataFrame, names: dict[str, str]) -> list[dict[str, Any]]:
    """The sentence cut at its mentions: plain pieces, and pieces with a stance."""
    first = rows.iloc[0]
    text, start, end = first["text"], first["sentence_start"], first["sentence_end"]
    marks = [
        (span["start"], span["end"], row)
        for row in _rows(rows, names)
        for span in row["target_spans"]
        if span["start"] >= start
    ]
    pieces: list[dict[str, Any]] = []
    position = start
    for begin, stop, row in sorted(marks, key=lambda mark: mark[:2]):
        if begin < position:
            continue
        pieces.append({"text": text[position:begin], "row": None})
        pieces.append({"text": text[begin:stop], "row": row})
        position = stop
    pieces.append({"text": text[position:end], "row": None})
    return pieces
