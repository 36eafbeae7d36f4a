"""The words everything else is written in: labels, holders, parties, mentions, sentences, articles.

Standard library only, so that any module (and ``stance --help``) may import it for free.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

Label = Literal["opposition", "neutral", "support"]
Verdict = Literal["opposition", "neutral", "support", "mixed", "unclear", "wrong_link", "abstain"]
HolderKind = Literal["any", "party", "author", "unnamed", "self"]
Provenance = Literal["gold", "authored", "silver", "model"]
Construct = Literal["stance", "portrayal"]
Status = Literal[
    "ok", "abstained", "truncated", "no_party", "empty", "unsupported_language", "error"
]

_UNWRITABLE = re.compile("[\0\ud800-\udfff]")

#: The order of the classes in every array of probabilities, file and plot.
LABELS: tuple[Label, ...] = get_args(Label)
HOLDER_KINDS: tuple[HolderKind, ...] = get_args(HolderKind)
PROVENANCES: tuple[Provenance, ...] = get_args(Provenance)
#: The provenances of labels that people, or careful models, made by the codebook.
CODED: tuple[Provenance, ...] = ("gold", "authored")
CONSTRUCTS: tuple[Construct, ...] = get_args(Construct)
STATUSES: tuple[Status, ...] = get_args(Status)
SPLITS = ("train", "dev", "test")

#: What a vote may say: a label; or that the target gets both, that careful readers could differ,
#: that the marked words name something else, or nothing.
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

#: What makes a pair hard: any number of these stand on a pair; slices and behaviour use them.
TAGS = (
    "negation",
    "passive",
    "quote",
    "reported",
    "concession",
    "hypothetical",
    "nominalisation",
    "compound",
    "conflicting",
    "multi",
    "metonym",
    "place",
    "anaphor",
    "history",
    "irony",
)

#: The version of ``docs/codebook.md`` that labels made now are made under.
CODEBOOK = "1.1"


class InputError(ValueError):
    """Input that a person has to mend: one line with what, where and what to do.

    Commands print it without a traceback and exit with status 2.
    """


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of text, counted in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span covers in ``text``."""
        return text[self.start : self.end]

    def shift(self, by: int) -> Span:
        """The same stretch in a text that begins ``by`` code points earlier."""
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def among(self, starts: Sequence[int], ends: Sequence[int]) -> range:
        """Which of many stretches it overlaps, by their starts and ends, both in order."""
        return range(bisect_right(ends, self.start), bisect_left(starts, self.end))


@dataclass(frozen=True, slots=True)
class Party:
    """A canonical actor: whom a stance is toward, or who holds it.

    ``demonyms`` ("Russian"; a state without any has those that its name gives) name it only beside
    a word for an actor or an act, ``metonyms`` ("the Kremlin") unless they are a place; names that
    are also ``ambiguous`` ("Georgia") need evidence in the article; phrases under ``not_`` ("Bank
    of China") are not it. One that nobody ``listed``, since it comes with the project, leaves a
    name that they share to a listed one.
    """

    id: str
    name: str
    kind: str = "other"
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    part_of: str | None = None
    not_: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names a party, and the rule that found it."""

    span: Span
    party: str
    rule: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article; ``span`` is its place in the article's text."""

    index: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """A document as it came in, with what is known about it.

    ``language`` is "" where nobody stated it (:mod:`stance.text.languages` decides). ``fault`` says
    why a document of a collection could not be read: its text is empty then, and its place stays.
    What no file can hold, NULs and lone surrogates, becomes U+FFFD, one for one.
    """

    id: str
    text: str
    title: str = ""
    date: date | None = None
    source: str = ""
    url: str = ""
    language: str = ""
    story_id: str = ""
    licence: str = ""
    fault: str = ""
    path: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        for name in ("id", "text", "title", "source", "url", "language", "fault", "path"):
            value = getattr(self, name)
            if _UNWRITABLE.search(value):
                object.__setattr__(self, name, _UNWRITABLE.sub("\ufffd", value))
