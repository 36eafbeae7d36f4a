"""The answer: who is for or against whom, from the roll-ups."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from stance.scoring.report.cues import HOLDERS
from stance.scoring.report.heat import heat
from stance.scoring.report.network import Link, network, rank
from stance.scoring.report.timeline import timeline

#: What the page holds at most: parties in the list, lines of a heat map, links in the lists of who
#: is for and against whom, parties named above an article.
PARTIES, LINES, LISTED, NAMED = 200, 12, 8, 6
#: Parties before the fold.
FOLD = 15


def answer_of(tables: Mapping[str, pd.DataFrame], names: Mapping[str, str]) -> dict[str, Any]:
    """What the first part of the page shows, by what its template calls it."""
    parties = by_polarity(tables["party"])
    links = [
        Link(row["holder_party"], row["target_party"], row["support"], row["opposition"])
        for row in tables["holder"].to_dict("records")
        if row["support"] or row["opposition"]
    ]
    sources = tables["source"]
    return {
        "fold": min(FOLD, int((parties["support"] + parties["opposition"] > 0).sum())),
        "parties": parties.head(PARTIES).to_dict("records"),
        "more_parties": max(0, len(parties) - PARTIES),
        "most": int(parties[["support", "opposition"]].max().max()) if len(parties) else 0,
        "supported": listed(links, 1),
        "opposed": listed(links, -1),
        "holders": heat(tables["holder"], "holder_party", LINES),
        "network": network(links, dict(names)),
        "timeline": timeline(tables["date"]),
        "sources": heat(sources, "source", LINES) if sources["source"].nunique() > 1 else None,
    }


def by_polarity(table: pd.DataFrame) -> pd.DataFrame:
    """The parties that something was counted for, the most support and opposition first."""
    polar = table["support"] + table["opposition"]
    ordered = table.assign(polar=polar).sort_values(
        ["polar", "n"], ascending=False, kind="stable", ignore_index=True
    )
    return ordered[ordered["n"] > 0]


def listed(links: Sequence[Link], sign: int) -> list[Link]:
    """The links that lean most to support (1) or opposition (−1); named holders come first."""
    own = [link for link in links if sign * link.net > 0]
    return sorted(own, key=lambda link: (link.holder in HOLDERS, *rank(link)))[:LISTED]


def by_article(table: pd.DataFrame) -> dict[str, list[dict[Hashable, Any]]]:
    """The parties that an article is for or against, the commonest first."""
    polar = table[(table["support"] + table["opposition"]) > 0]
    ordered = polar.assign(size=polar["support"] + polar["opposition"]).sort_values(
        "size", ascending=False, kind="stable"
    )
    return {
        str(name): own.head(NAMED).to_dict("records")
        for name, own in ordered.groupby("article_id", sort=False)
    }
