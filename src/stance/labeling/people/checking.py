"""Marks against the pairs they are about: what is sound becomes votes, what is not is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import pandas as pd

from stance.labeling.people.marks import HELD_KINDS, SAID, Held, Mark
from stance.schema.nouns import Span
from stance.schema.table import spans

_HELD = ("support", "opposition")

Row = dict[str, Any]


@dataclass
class Checked:
    """Votes to add, faults row by row, and how many marks ended how."""

    votes: list[Row] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


class Checker:
    """Takes marks on ``pairs``, one after another, beside the votes that are ``kept`` already.

    A second label of the same person on the same pair is refused, be it in a file or beside what is
    kept; the same label again is counted as known.
    """

    def __init__(self, pairs: pd.DataFrame, kept: pd.DataFrame) -> None:
        free = pairs[pairs["holder_kind"] == "any"]
        self._pairs: dict[str, Row] = {row["pair_id"]: row for row in _records(free)}
        self._sentences: dict[Any, list[Row]] = {}
        for row in self._pairs.values():
            self._sentences.setdefault(_sentence(row), []).append(row)
        people = kept[kept["kind"] == "person"]
        names = zip(people["pair_id"], people["annotator"], strict=True)
        self._kept = dict(zip(names, people["label"], strict=True))
        self._seen: dict[tuple[str, str], str] = {}

    def check(self, marks: Iterable[Mark]) -> Checked:
        """Votes and faults of all marks."""
        found = Checked()
        for mark in marks:
            self._take(mark, found)
        return found

    def _take(self, mark: Mark, found: Checked) -> None:
        if not mark.label and mark.fault is None:
            found.counts["not labelled yet"] += 1
            return
        fault = self.fault(mark)
        key = (mark.pair_id, mark.annotator)
        if fault is None and self._kept.get(key) == mark.label and key not in self._seen:
            self._seen[key] = mark.where
            found.counts["known already"] += 1
            return
        if fault is None:
            fault = self._doubled(mark, key)
        if fault is not None:
            found.faults.append(f"{mark.where}: {fault}")
            found.counts["not taken"] += 1
            return
        self._seen[key] = mark.where
        found.votes += self._votes(mark)
        found.counts["taken"] += 1

    def fault(self, mark: Mark) -> str | None:
        """What is wrong with a mark by itself."""
        if mark.fault is not None:
            return mark.fault
        row = self._pairs.get(mark.pair_id)
        if row is None:
            return f"pair {mark.pair_id!r} is not among the pairs"
        if not mark.annotator:
            return "the annotator is missing"
        if mark.label not in SAID:
            return f"label {mark.label!r} is none of {', '.join(SAID)}"
        return _misplaced(mark, row) or _holder_fault(mark, row)

    def _doubled(self, mark: Mark, key: tuple[str, str]) -> str | None:
        if key in self._seen:
            return f"{mark.annotator} labels this target twice; first at {self._seen[key]}"
        if key in self._kept:
            return (
                f"{mark.annotator} says {mark.label}, but {self._kept[key]} is kept from before; "
                "nothing is overwritten"
            )
        return None

    def _votes(self, mark: Mark) -> list[Row]:
        """A vote, or one for each holder."""
        row = self._pairs[mark.pair_id]
        vote = {
            "pair_id": mark.pair_id,
            "annotator": mark.annotator,
            "kind": "person",
            "label": mark.label,
            "rule": "",
            "evidence": mark.comment,
            "confidence": None,
            "time": mark.time,
            "codebook": mark.codebook,
        }
        return [vote | self._holder(held, row) for held in mark.holders or (None,)]

    def _holder(self, held: Held | None, row: Row) -> Row:
        nobody: Row = {"holder": None, "holder_party": None, "holder_spans": []}
        if held is None or held.kind != "party":
            return {"holder_kind": held.kind if held else None, **nobody}
        place = _place(held, row["text"])
        assert place is not None
        words = place.of(row["text"])
        return {
            "holder_kind": "party",
            "holder": words,
            "holder_party": self._party(place, row) or words,
            "holder_spans": spans((place.start, place.end)),
        }

    def _party(self, place: Span, row: Row) -> str | None:
        """The party that a holder's words belong to, where it is a target of the sentence."""
        for other in self._sentences[_sentence(row)]:
            if any(place.overlaps(Span(s["start"], s["end"])) for s in other["target_spans"]):
                return str(other["target_party"])
        return None


def _misplaced(mark: Mark, row: Row) -> str | None:
    """Whether the text or the marked words are not the pair's, where a file gives them."""
    text, low = row["text"], row["sentence_start"] if mark.alone else 0
    own = text[low : row["sentence_end"]] if mark.alone else text
    if mark.text is not None and _plain(mark.text) != _plain(own):
        return "its text is not the pair's; was it edited?"
    if mark.span is not None:
        span = mark.span.shift(low)
        places = [Span(s["start"], s["end"]) for s in row["target_spans"]]
        if span not in places:
            where = places[0].shift(-low) if places else None
            place = f" at [{where.start}, {where.end})" if where else ""
            return (
                f"[{mark.span.start}, {mark.span.end}) holds {span.of(text)!r}, but the target "
                f"{row['target']!r} stands{place}"
            )
    if mark.words is not None and mark.span is None and _plain(mark.words) != row["target"]:
        return f"names {mark.words!r}, but the target is {row['target']!r}"
    return None


def _holder_fault(mark: Mark, row: Row) -> str | None:
    for held in mark.holders:
        if held.kind not in HELD_KINDS:
            return f"holder_kind {held.kind!r} is none of {', '.join(HELD_KINDS)}"
        if mark.label not in _HELD:
            return f"a holder is given, but {mark.label} has none"
        if held.kind == "party" and _place(held, row["text"]) is None:
            return f"the holder {held.words!r} does not stand at its place in the text"
    return None


def _place(held: Held, text: str) -> Span | None:
    """Where a holder stands: at its span, if the words there are its, else where they are found."""
    if held.span is not None:
        inside = 0 <= held.span.start < held.span.end <= len(text)
        words = held.span.of(text)
        return held.span if inside and (not held.words or held.words == words) else None
    # The sentence is the window's last; a name is mostly meant where it stands there.
    at = text.rfind(held.words) if held.words else -1
    return Span(at, at + len(held.words)) if at >= 0 else None


def _plain(words: Any) -> str:
    """Without what a spreadsheet changes: line ends, the apostrophe before a formula."""
    return " ".join(str(words).split()).removeprefix("'")


def _records(pairs: pd.DataFrame) -> list[Row]:
    return cast(list[Row], pairs.to_dict("records"))


def _sentence(row: Mapping[str, Any]) -> Any:
    return row["article_id"], row["sentence_index"], row["text"]
