"""The rows that decisions make of a table: labels with where they come from, holders beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import pandas as pd

from stance.labeling.deciding import Decided
from stance.schema.nouns import CODED, LABELS

Row = dict[str, Any]
_POLAR = ("support", "opposition")


@dataclass(frozen=True)
class Decisions:
    """What people decided and what programs did, by pair."""

    people: Decided
    programs: Decided

    def all(self) -> Decided:
        """People's decisions, and programs' where there are none."""
        return pd.concat([self.people, self.programs[~self.programs.index.isin(self.people.index)]])

    def label(self) -> pd.Series[str]:
        """The label of each pair."""
        return cast("pd.Series[str]", self.all()["label"])


def decided_rows(
    pairs: pd.DataFrame, votes: pd.DataFrame, decisions: Decisions, method: str, least: float
) -> tuple[list[Row], Counter[str]]:
    """The new rows, and how many holder-free ones ended how.

    ``votes`` are those that say something; a pair without a decision keeps all its rows.
    """
    counts: Counter[str] = Counter()
    found: list[Row] = []
    chosen = decisions.all()
    labels = dict(zip(chosen.index, chosen["label"], strict=True))
    sure = dict(zip(chosen.index, chosen["confidence"], strict=True))
    # Plain rows: a frame for each of many pairs would take minutes.
    behind: dict[str, list[Row]] = {}
    for vote in _records(votes):
        behind.setdefault(vote["pair_id"], []).append(vote)
    for rows in _grouped(pairs):
        free = rows[0]
        name = free["pair_id"]
        people = name in decisions.people.index
        firm = free["provenance"] in CODED and not people
        if name not in labels or firm:
            counts["kept as gold" if firm and name in labels else "without votes, kept"] += 1
            found += rows
            continue
        label = labels[name] if sure[name] >= least else None
        own = [vote for vote in behind[name] if (vote["kind"] == "person") == people]
        base = free | _labelled(label, own, method, people=people)
        counts[_ended(label, people=people)] += 1
        found += [base, *_directed(base, label, own)]
    return found, counts


def _grouped(pairs: pd.DataFrame) -> Iterator[list[Row]]:
    """Each holder-free row with the directed rows of the same sentence and target behind it."""
    keys = ["article_id", "sentence_index", "text", "target_party"]
    groups: dict[Any, list[Row]] = {}
    for row in _records(pairs):
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    for rows in groups.values():
        free = [row for row in rows if row["holder_kind"] == "any"]
        held = [row for row in rows if row["holder_kind"] != "any"]
        # Two mentions of a party may be two pairs; holders cannot be told apart there.
        yield from ([row] for row in free[:-1])
        if free:
            yield [free[-1], *held]
        else:
            yield from ([row] for row in held)


def _records(frame: pd.DataFrame) -> list[Row]:
    """Rows with ``None`` for what is missing."""
    whole = frame.astype(object)
    return cast(list[Row], whole.where(whole.notna(), None).to_dict("records"))


def _labelled(label: str | None, votes: list[Row], method: str, *, people: bool) -> Row:
    names = ", ".join(sorted({vote["annotator"] for vote in votes}))
    conflict = set(_POLAR) <= {vote["label"] for vote in votes} and label in LABELS
    return {
        "label": label if label in LABELS else None,
        "mixed": label == "mixed" or conflict,
        "unclear": label not in (*LABELS, "mixed"),
        "weight": 1.0,
        "provenance": "gold" if people else "silver",
        "annotator": names if people else f"{method}({names})",
        # The oldest version under which somebody labelled: what changed since may touch the row.
        "codebook": min(vote["codebook"] or "" for vote in votes),
    }


def _ended(label: str | None, *, people: bool) -> str:
    who = "people" if people else "programs"
    if label in LABELS or label == "mixed":
        return f"decided by {who}"
    return f"{label} by {who}" if isinstance(label, str) else f"undecided by {who}"


def _directed(base: Row, label: str | None, votes: list[Row]) -> Iterator[Row]:
    """A row for each holder that most of those who name one agree on, at least the first."""
    agreeing = [v for v in votes if label in _POLAR and v["label"] == label and v["holder_kind"]]
    named: dict[str, list[Row]] = {}
    for vote in agreeing:
        named.setdefault(vote["holder_party"] or vote["holder_kind"], []).append(vote)
    voters = {vote["annotator"] for vote in agreeing}
    counts = {name: len({vote["annotator"] for vote in own}) for name, own in named.items()}
    for at, name in enumerate(sorted(counts, key=lambda name: -counts[name])):
        if at == 0 or counts[name] > len(voters) / 2:
            yield base | _held(base, name, named[name][0])


def _held(base: Row, name: str, vote: Row) -> Row:
    found = {key: vote[key] for key in ("holder_kind", "holder", "holder_party")}
    identity = base["pair_id"].removesuffix(":any")
    spans = [dict(span) for span in vote["holder_spans"]] if vote["holder_party"] else []
    return found | {"pair_id": f"{identity}:{name}", "holder_spans": spans}
