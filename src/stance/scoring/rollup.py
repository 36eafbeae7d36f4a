"""Roll-ups of predictions: what the model counts, by party, holder → target, article, source, date.

As the model counts, not corrected for its errors. What it abstained from does not count and stands
beside the counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from stance.schema.nouns import LABELS, Article
from stance.scoring.intervals import mean_interval, sums_of

#: What every roll-up is headed by.
BASIS = "as the model counts, not corrected for its errors"
#: Roll-up → what its rows are told apart by.
KEYS = {
    "party": ["target_party"],
    "holder": ["holder_party", "target_party"],
    "article": ["article_id", "target_party"],
    "source": ["source", "target_party"],
    "date": ["date", "target_party"],
}
_PAIR = ["article_id", "holder_party", "target_party"]
_TOLD = [*LABELS, "abstained"]
_SHOWN = ["articles", *LABELS, "n", "mean", "low", "high", "abstained"]


def answered(predictions: pd.DataFrame) -> pd.DataFrame:
    """The rows that count: answered, and not abstained from."""
    return predictions[predictions["status"].isin(("ok", "truncated"))]


def by_party(predictions: pd.DataFrame) -> pd.DataFrame:
    """Counts of each label, the mean stance (−1 … 1) and its interval (``low``, ``high``) for each
    target party, commonest first; parties that the model always abstained from are left out.
    """
    return _counted(summary(tally(predictions), "party"))


def by_article(predictions: pd.DataFrame) -> pd.DataFrame:
    """The same for each article and party."""
    return _counted(summary(tally(predictions), "article"))


def holder_to_target(predictions: pd.DataFrame) -> pd.DataFrame:
    """The same for each holder and target; ``author`` and ``unnamed`` holders go by these words."""
    return _counted(summary(tally(predictions), "holder"))


def statuses(predictions: pd.DataFrame) -> dict[str, int]:
    """How many rows ended how: nothing is lost in silence."""
    return {str(k): int(v) for k, v in predictions["status"].value_counts().items()}


@dataclass(slots=True)
class Rollups:
    """The roll-ups of predictions that come in parts; a part holds whole articles.

    ``part_of`` maps a party to the one that it is counted for, as far up as that goes. Memory grows
    with the pairs of article and party, some hundred bytes each.
    """

    part_of: Mapping[str, str] | None = None
    _tallies: list[pd.DataFrame] = field(default_factory=list)

    def add(self, part: pd.DataFrame) -> None:
        """Count the next part."""
        self._tallies.append(tally(part, self.part_of))

    def tables(self, articles: Iterable[Article]) -> dict[str, pd.DataFrame]:
        """The tables by the names of :data:`KEYS`; ``articles`` tell titles, sources and dates."""
        tallies = [each for each in self._tallies if len(each)]
        counts = pd.concat(tallies, ignore_index=True) if tallies else _no_tally()
        known = {a.id: (a.title, a.source, a.date.isoformat() if a.date else "") for a in articles}
        told = [known.get(id, ("", "", "")) for id in counts["article_id"]]
        for at, name in enumerate(("title", "source", "date")):
            counts[name] = [about[at] for about in told]
        tables = {name: summary(counts, name) for name in KEYS}
        titles = tables["article"]["article_id"].map(lambda id: known.get(id, ("",))[0])
        tables["article"].insert(1, "title", titles)
        return tables


def tally(predictions: pd.DataFrame, part_of: Mapping[str, str] | None = None) -> pd.DataFrame:
    """How often each label, or none, was given in an article for a holder ("" for whoever) and a
    target.
    """
    rows = predictions[predictions["status"].isin(("ok", "truncated", "abstained"))]
    if rows.empty:
        return _no_tally()
    kind = rows["holder_kind"].where(rows["holder_kind"] != "any", "")
    holder = rows["holder_party"].where(rows["holder_party"].notna(), kind)
    pairs = pd.DataFrame(
        {
            "article_id": rows["article_id"],
            "holder_party": _lifted(holder, part_of),
            "target_party": _lifted(rows["target_party"], part_of),
        }
    )
    label = rows["predicted"].where(rows["status"] != "abstained", "abstained")
    for name in _TOLD:
        pairs[name] = (label == name).astype("int64")
    return pairs.groupby(_PAIR, sort=False).sum().reset_index()


def _no_tally() -> pd.DataFrame:
    words = pd.DataFrame(columns=_PAIR, dtype=object)
    return pd.concat([words, pd.DataFrame(columns=_TOLD, dtype="int64")], axis=1)


def _lifted(parties: pd.Series, part_of: Mapping[str, str] | None) -> pd.Series:
    return parties.map(lambda party: topmost(party, part_of)) if part_of else parties


def topmost(party: str, part_of: Mapping[str, str]) -> str:
    """The party that a party is counted for; parts that go round in a circle stay themselves."""
    seen = [party]
    while above := part_of.get(seen[-1]):
        if above in seen:
            return party
        seen.append(above)
    return seen[-1]


def summary(tallies: pd.DataFrame, name: str) -> pd.DataFrame:
    """One roll-up: ``articles``, counts of labels, their sum ``n``, ``mean``, ``low``, ``high``.

    Ordered by day, by article as they came, else the commonest first. The interval speaks of all
    articles like these: each is a cluster. Within one article each sentence is one.
    """
    keys = KEYS[name]
    rows = tallies[tallies["holder_party"] != ""] if name == "holder" else tallies
    within = rows.groupby(list(dict.fromkeys([*keys, "article_id"])), sort=False)[_TOLD].sum()
    n, s = within[list(LABELS)].sum(axis=1), within["support"] - within["opposition"]
    sums = sums_of(n, s)
    if name == "article":
        moved = within["support"] + within["opposition"]
        sums = pd.DataFrame({"clusters": n, "n": n, "s": s, "nn": n, "sn": s, "ss": moved})
    groups = within.assign(articles=n > 0).join(sums).astype("int64").groupby(keys, sort=False)
    found = groups.sum()
    found["mean"] = found["s"] / found["n"].where(found["n"] > 0)
    found["low"], found["high"] = mean_interval(found)
    return _ordered(found.reset_index(), keys)[[*keys, *_SHOWN]]


def _ordered(found: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    first: Any = found["date"] if "date" in keys else 0
    if "article_id" in keys:
        first = pd.factorize(found["article_id"])[0]
    order, rising = ["first", "n", *keys], [True, False, *[True] * len(keys)]
    return found.assign(first=first).sort_values(order, ascending=rising, ignore_index=True)


def _counted(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["n"] > 0].reset_index(drop=True)
