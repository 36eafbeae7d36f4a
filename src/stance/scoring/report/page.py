"""The page: who is for or against whom, then the articles, then every pair."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, Template, select_autoescape

from stance.schema.nouns import Article
from stance.scoring.columns import PREDICTIONS_MEAN
from stance.scoring.origin import MadeBy
from stance.scoring.report.answer import answer_of, by_article
from stance.scoring.report.cues import (
    REVIEW,
    STATUSES,
    described,
    name_of,
    shade_of,
    signed,
)
from stance.scoring.report.embedding import inline, json_block, policy
from stance.scoring.report.passages import readings
from stance.scoring.report.rows import table_data
from stance.scoring.rollup import BASIS, Rollups, statuses, topmost

#: What the page holds at most: articles, and rows of the table.
ARTICLES, ROWS = 1_000, 60_000
#: Articles that are shown at once.
AT_ONCE = 10


def render(
    predictions: pd.DataFrame,
    articles: Collection[Article],
    names: Mapping[str, str],
    *,
    part_of: Mapping[str, str] | None = None,
    made_by: MadeBy | None = None,
) -> str:
    """One HTML page for these predictions that needs no network; what articles say is escaped.

    ``articles`` need no texts, which come from the predictions' windows. ``part_of`` counts a party
    for another in the roll-ups.
    """
    rollups = Rollups(part_of)
    rollups.add(predictions)
    tables = rollups.tables(articles)
    rows = described(predictions)
    kept = selected(rows)
    numbers = _numbered(rows, part_of or {})
    read = readings(kept, articles, by_article(tables["article"]))
    titles = {reading.article.id: reading.article.title for reading in read}
    lifted = {party: numbers[topmost(party, part_of or {})] for party in numbers}
    script = inline("report.js")
    return _template().render(
        answer=answer_of(tables, names),
        at_once=AT_ONCE,
        basis=BASIS,
        columns=PREDICTIONS_MEAN,
        counts=_counts(rows, articles),
        data=json_block(table_data(kept, titles, numbers, names, lifted)),
        left_out=_left_out(rows, kept),
        made_by=made_by,
        name=lambda party: name_of(party, names),
        numbers=numbers,
        policy=policy(str(script)),
        readings=read,
        review=REVIEW,
        script=script,
        shade_of=shade_of,
        signed=signed,
        statuses=statuses(predictions),
        source_name=lambda source: source or "no source",
        status_meanings=STATUSES,
        style=inline("report.css"),
    )


def selected(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that the page holds: whole articles, those with the most stances that are not
    neutral, as many as there is room for, in their order; ``row`` numbers them.
    """
    polar = rows["predicted"].isin(("support", "opposition"))
    groups = pd.DataFrame({"id": rows["article_id"], "polar": polar, "size": 1})
    sums = (
        groups.groupby("id", sort=False).sum().sort_values("polar", ascending=False, kind="stable")
    )
    within = sums["size"].cumsum() <= ROWS
    kept = sums.index[within][:ARTICLES] if within.any() else sums.index[:1]
    found = rows[rows["article_id"].isin(kept)].head(ROWS)
    return found.assign(row=range(len(found)))


def _left_out(rows: pd.DataFrame, kept: pd.DataFrame) -> dict[str, int]:
    return {
        "articles": rows["article_id"].nunique() - kept["article_id"].nunique(),
        "rows": len(rows) - len(kept),
    }


def _numbered(rows: pd.DataFrame, part_of: Mapping[str, str]) -> dict[str, int]:
    """A number for each party and holder kind, in the order of their ids."""
    found = {p for p in rows["target_party"] if isinstance(p, str)}
    found |= {h for h in rows["held_by"] if h}
    found |= {topmost(party, part_of) for party in found}
    return {party: number for number, party in enumerate(sorted(found))}


def _counts(rows: pd.DataFrame, articles: Collection[Article]) -> dict[str, Any]:
    days = sorted(article.date for article in articles if article.date)
    sentences = rows[rows["sentence_index"] >= 0]
    return {
        "articles": rows["article_id"].nunique(),
        "sentences": len(sentences.drop_duplicates(["article_id", "sentence_index"])),
        "pairs": int(rows["target_party"].notna().sum()),
        "parties": rows["target_party"].nunique(),
        "review": int(rows["review"].sum()),
        "days": (days[0], days[-1]) if days else (),
        "undated": len(articles) - len(days),
        "sources": len({article.source for article in articles if article.source}),
    }


def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("stance.scoring"),
        autoescape=select_autoescape(("html", "j2")),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "count": _count,
        "day": lambda day: f"{day.day} {day:%B} {day.year}" if day else "",
        "is_web": lambda url: url.startswith(("http://", "https://")),
        "mean": lambda value: f"{round(value, 2) + 0.0:+.2f}".replace("-", "−"),
        "percent": lambda value: f"{100 * value:.0f} %",
        "shade": lambda step: f"shade {'support' if step > 0 else 'opposition'} s{abs(step)}",
    }
    return environment.get_template("report.html.j2")


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
