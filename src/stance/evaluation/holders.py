"""Who holds the stance: is the holder that a model names one of those that gold names?

The question is put to the polar holder-free pairs whose holder is known from directed rows of the
same target. A model has to find the stance and then the holder; a target may have several holders
of one stance, of whom any is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from stance.evaluation.align import Aligned, Floats
from stance.schema.nouns import Span

Row = Mapping[Any, Any]
#: Holders that have no name.
NAMELESS = ("author", "unnamed", "self")
#: Columns per pair: whether it is asked, answered right, asked with the stance right, and both.
COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Named:
    """A party as a window has it: its canonical name, if there is one, and where it stands."""

    party: str | None
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, row: Row, role: str) -> Named:
        """The target or the holder of a row of the table."""
        party = row[f"{role}_party"]
        return cls(party if isinstance(party, str) else None, spans_of(row[f"{role}_spans"]))

    def same(self, other: Named) -> bool:
        """Whether the two are one: the same canonical party, or mentions that overlap."""
        if self.party is not None and self.party == other.party:
            return True
        return any(mine.overlaps(theirs) for mine in self.spans for theirs in other.spans)


def spans_of(found: Any) -> tuple[Span, ...]:
    """Spans of the table, of whatever Arrow made of them."""
    if found is None or np.isscalar(found):
        return ()
    return tuple(Span(int(span["start"]), int(span["end"])) for span in found)


def holder_columns(aligned: Aligned, gold: pd.DataFrame) -> Floats | None:
    """Per scored pair the :data:`COLUMNS`: shape (n, 4); ``None`` if the model names no holders.

    ``gold`` is the whole table, directed rows included.
    """
    if not {"holder_kind", "holder_party", "holder_spans"} <= set(aligned.predictions):
        return None
    free = aligned.gold["holder_kind"].eq("any").to_numpy(bool)
    if not aligned.predictions["holder_kind"][free].isin(("party", *NAMELESS)).any():
        return None
    known = _by_sentence(gold[_directed(gold)].to_dict("records"))
    found: Floats = np.zeros((aligned.n, COLUMNS))
    answers = aligned.predictions.to_dict("records")
    for at in np.flatnonzero(free & aligned.gold["label"].ne("neutral").to_numpy(bool)):
        pair = aligned.gold.iloc[at].to_dict()
        holders = list(_holders(pair, known.get(_sentence(pair), ())))
        if holders:
            stance = bool(aligned.correct[at])
            right = stance and any(_agree(answers[at], row) for row in holders)
            found[at] = 1, right, stance, right
    return found


def _directed(gold: pd.DataFrame) -> Any:
    unsure = gold["mixed"].fillna(False).astype(bool) | gold["unclear"].fillna(False).astype(bool)
    return gold["holder_kind"].isin(("party", *NAMELESS)) & ~unsure


def _by_sentence(rows: Iterable[Row]) -> dict[tuple[Any, ...], list[Row]]:
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(_sentence(row), []).append(row)
    return found


def _sentence(row: Row) -> tuple[Any, ...]:
    return row["text"], row["sentence_start"], row["sentence_end"], row["article_id"]


def _holders(pair: Row, rows: Iterable[Row]) -> Iterator[Row]:
    """The directed rows that tell who has this pair's stance toward its target."""
    target = Named.of(pair, "target")
    for row in rows:
        if row["label"] == pair["label"] and target.same(Named.of(row, "target")):
            yield row


def _agree(answer: Row, gold: Row) -> bool:
    """Whether an answer's holder is gold's; a target that holds it is ``self`` on either side."""
    mine, theirs = _kind(answer), _kind(gold)
    if mine != theirs or mine != "party":
        return mine == theirs
    return Named.of(answer, "holder").same(Named.of(gold, "holder"))


def _kind(row: Row) -> str:
    target = Named.of(row, "target")
    if row["holder_kind"] == "party" and target.same(Named.of(row, "holder")):
        return "self"
    return str(row["holder_kind"])
