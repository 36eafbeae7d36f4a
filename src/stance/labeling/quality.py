"""How good the rules are where the labels are known: a table per rule, and the whole of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from stance.labeling.votes import Vote, aggregate
from stance.schema.nouns import LABELS, Span

POLAR = ("support", "opposition")
Votes = Sequence[Sequence[Vote]]


@dataclass(frozen=True, slots=True)
class Share:
    """``right`` of ``total``."""

    right: int
    total: int

    @property
    def value(self) -> float:
        """The share, not a number where there is nothing."""
        return self.right / self.total if self.total else float("nan")

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.right} of {self.total})" if self.total else "-"


@dataclass(frozen=True, slots=True)
class Quality:
    """Precision of what the rules call support or opposition, how much of it they find, and whether
    the holder that they give with a right label is right. ``named``: where they give a name.
    """

    pairs: int
    precision: Share
    support: Share
    opposition: Share
    recall: Share
    holder: Share
    named: Share


def gold_rows(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs to ask about: holder-free rows with a label, or all where a corpus has none."""
    known = pairs[pairs["label"].isin(LABELS)]
    free = known[known["holder_kind"] == "any"]
    return (free if len(free) else known).reset_index(drop=True)


def measure(pairs: pd.DataFrame, rows: pd.DataFrame, votes: Votes) -> Quality:
    """Hold the rules' decisions on ``rows`` against their labels, and holders against ``pairs``.

    A corpus of directed rows alone asks what one party thinks of the other: there a stance counts
    only if its holder is the row's, and else the row is taken for neutral.
    """
    directed = bool((rows["holder_kind"] != "any").all())
    holders = _holders(pairs)
    found = []
    for number, row in enumerate(_records(rows)):
        label, vote = aggregate(votes[number])
        known = [row] if directed else holders.get(_key(row), [])
        right_holder = bool(vote and any(same_holder(vote, row, one, rows) for one in known))
        if directed and not right_holder:
            label, vote = "neutral", None
        given = vote is not None and vote.holder is not None and bool(known)
        name = given and vote is not None and not isinstance(vote.holder, str)
        found.append((row["label"], label, given, name, right_holder))
    frame = pd.DataFrame(found, columns=["gold", "said", "given", "named", "held"])
    return _quality(frame)


def _quality(frame: pd.DataFrame) -> Quality:
    hit = frame["gold"] == frame["said"]
    polar = frame["said"].isin(POLAR)
    held = polar & hit & frame["given"]
    return Quality(
        len(frame),
        _share(hit[polar]),
        _share(hit[frame["said"] == "support"]),
        _share(hit[frame["said"] == "opposition"]),
        _share(hit[frame["gold"].isin(POLAR)]),
        _share(frame["held"][held]),
        _share(frame["held"][held & frame["named"]]),
    )


def rule_table(
    votes: pd.DataFrame, pairs: int, gold: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """A row for each rule of a table of votes on ``pairs`` pairs.

    How many pairs it votes on, their share of all (coverage), the shares of these that another rule
    votes on too (overlap) and labels otherwise (conflict), and the share of its labels that are
    right (accuracy) where ``gold``, by pair_id, knows the label.
    """
    cast = votes.drop_duplicates(["pair_id", "rule"])
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for pair, group in cast.groupby("pair_id", sort=False):
        said = dict(zip(group["rule"], group["label"], strict=True))
        for rule, label in said.items():
            others = [theirs for other, theirs in said.items() if other != rule]
            counts[rule]["votes"] += 1
            counts[rule]["overlap"] += bool(others)
            counts[rule]["conflict"] += any(theirs != label for theirs in others)
            known = (gold or {}).get(str(pair))
            counts[rule]["known"] += known is not None
            counts[rule]["right"] += known == label
    rows = [_rule(rule, count, pairs) for rule, count in counts.items()]
    table = pd.DataFrame(rows, columns=list(_COLUMNS))
    return table.sort_values("votes", ascending=False, ignore_index=True)


_COLUMNS = ("rule", "votes", "coverage", "overlap", "conflict", "accuracy")


def _rule(rule: str, count: Counter[str], pairs: int) -> tuple[Any, ...]:
    votes = count["votes"]
    accuracy = count["right"] / count["known"] if count["known"] else float("nan")
    return rule, votes, votes / pairs, count["overlap"] / votes, count["conflict"] / votes, accuracy


def same_holder(vote: Vote, row: dict[str, Any], gold: dict[str, Any], rows: pd.DataFrame) -> bool:
    """Whether a vote's holder is the one of a gold row.

    Kinds must agree; names must overlap in the text, or one must be found in the other: a mention
    is coded once, and "Mrs. Tarn" may stand elsewhere as "Tarn".
    """
    if not isinstance(vote.holder, int | Span):
        return bool(vote.holder == gold["holder_kind"])
    if gold["holder_kind"] != "party":
        return False
    places = [vote.holder] if isinstance(vote.holder, Span) else _spans(rows, vote.holder)
    known = [Span(s["start"], s["end"]) for s in gold["holder_spans"]]
    if any(place.overlaps(other) for place in places for other in known):
        return True
    said = {place.of(row["text"]).lower() for place in places}
    name = str(gold["holder"]).lower()
    return any(_same_name(words, name) for words in said)


def _same_name(one: str, other: str) -> bool:
    if not one.split() or not other.split():
        return False
    return one in other or other in one or one.split()[-1] == other.split()[-1]


def _spans(rows: pd.DataFrame, number: int) -> list[Span]:
    return [Span(s["start"], s["end"]) for s in rows["target_spans"].iloc[number]]


def _holders(pairs: pd.DataFrame) -> dict[Hashable, list[dict[str, Any]]]:
    found: dict[Hashable, list[dict[str, Any]]] = defaultdict(list)
    for row in _records(pairs[pairs["holder_kind"] != "any"]):
        found[_key(row)].append(row)
    return found


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = frame.to_dict("records")  # type: ignore[assignment]
    return found


def _key(row: dict[str, Any]) -> Hashable:
    spans = row["target_spans"]
    start = spans[0]["start"] if len(spans) else -1
    return row["article_id"], row["sentence_index"], row["target_party"], start


def _share(hits: pd.Series) -> Share:
    return Share(int(hits.sum()), len(hits))
