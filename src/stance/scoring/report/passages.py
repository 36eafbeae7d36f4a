"""Articles to read: paragraphs, sentences, and the pieces that sentences fall into at mentions."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from stance.schema.nouns import Article

#: A described prediction by its columns' names.
Row = Mapping[Hashable, Any]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence; ``rows`` are the pairs whose target it names, none in plain text."""

    text: str
    rows: Sequence[Row] = ()

    @property
    def stance(self) -> str:
        """A label; ``mixed`` where two parties or holders differ; ``unread`` without an answer."""
        labels = {row["predicted"] for row in self.rows if row["predicted"]}
        polar = labels - {"neutral"}
        if len(polar) == 2:
            return "mixed"
        return next(iter(polar or labels), "unread")

    @property
    def strength(self) -> int:
        """The strength of the strongest stance, 0 … 3."""
        return max((row["strength"] for row in self.rows), default=0)

    @property
    def review(self) -> bool:
        """Whether a person should look at one of the answers."""
        return any(row["review"] for row in self.rows)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence in its pieces; ``paragraph`` is true where a new paragraph begins with it."""

    index: int
    pieces: Sequence[Piece]
    paragraph: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with its passages; ``notice`` says what was not scored, and why."""

    article: Article
    paragraphs: Sequence[Sequence[Passage]]
    notice: str = ""
    tally: Sequence[Row] = field(default=())


def readings(
    rows: pd.DataFrame, articles: Iterable[Article], tallies: Mapping[str, Sequence[Row]]
) -> list[Reading]:
    """The articles of described predictions, in their order; ``tallies`` by article and party."""
    known = {article.id: article for article in articles}
    found = []
    for name, own in rows.groupby("article_id", sort=False):
        article = known.get(str(name)) or Article(str(name), "")
        records = own.to_dict("records")
        tally = tallies.get(article.id, ())
        found.append(Reading(article, list(paragraphs(records)), notice(records), tally))
    return found


def notice(rows: Sequence[Row]) -> str:
    """Why an article has no stances, in a sentence."""
    statuses = {row["status"] for row in rows}
    if "error" in statuses:
        reason = next(row["evidence"] for row in rows if row["status"] == "error")
        return f"Could not be read: {reason or 'no reason given'}"
    if statuses == {"empty"}:
        return "Holds no text."
    if "unsupported_language" in statuses:
        return "In a language that the model was not trained on: not scored."
    if statuses == {"no_party"}:
        return "Names none of the parties."
    return ""


def paragraphs(rows: Sequence[Row]) -> Iterator[list[Passage]]:
    """The sentences of one article, by paragraph."""
    held: list[Passage] = []
    for passage in passages(rows):
        if held and passage.paragraph:
            yield held
            held = []
        held.append(passage)
    if held:
        yield held


def passages(rows: Sequence[Row]) -> Iterator[Passage]:
    """The sentences of one article; the window tells what stood between one and the next."""
    by_sentence: dict[int, list[Row]] = {}
    for row in rows:
        if row["sentence_index"] >= 0:
            by_sentence.setdefault(row["sentence_index"], []).append(row)
    for index, own in by_sentence.items():
        before = own[0]["text"][: own[0]["sentence_start"]]
        gap = before[len(before.rstrip()) :]
        yield Passage(index, list(pieces(own)), "\n" in gap)


def pieces(rows: Sequence[Row]) -> Iterator[Piece]:
    """The sentence cut at its mentions; mentions that overlap are one piece with both pairs."""
    text, position, end = rows[0]["text"], rows[0]["sentence_start"], rows[0]["sentence_end"]
    for begin, stop, own in _mentions(rows):
        if position < begin:
            yield Piece(text[position:begin])
        yield Piece(text[begin:stop], own)
        position = stop
    if position < end:
        yield Piece(text[position:end])


def _mentions(rows: Sequence[Row]) -> list[tuple[int, int, list[Row]]]:
    start, end = rows[0]["sentence_start"], rows[0]["sentence_end"]
    marks = sorted(
        (
            (span["start"], span["end"], row)
            for row in rows
            if row["target_party"] is not None
            for span in row["target_spans"]
            if start <= span["start"] and span["end"] <= end
        ),
        key=lambda mark: mark[:2],
    )
    found: list[tuple[int, int, list[Row]]] = []
    for begin, stop, row in marks:
        if found and begin < found[-1][1]:
            first, last, own = found.pop()
            # One pair may name its target twice within an overlap.
            own = own if any(row is other for other in own) else [*own, row]
            found.append((first, max(last, stop), own))
        else:
            found.append((begin, stop, [row]))
    return found
