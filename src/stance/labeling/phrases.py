"""Noun phrases as stretches of kinds of words: names, and who stands behind a preposition.

No parser: everything is read from a stance word outwards. Subjects and objects build on this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from stance.labeling.reading import Reading

#: How many words an object, or an agent behind "by", may lie from its verb.
REACH = 14
POSSESSIVES = frozenset("his her their its".split())
#: How a party stands in a noun phrase: it is meant itself, owns what is meant ("X's plan"),
#: describes it ("the X plan"), or stands behind "of" or "by"; or a pronoun stands for it.
Role = Literal["head", "owner", "modifier", "of", "by", "pronoun"]


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a noun phrase that may name somebody; ``noun`` is the place of what they own."""

    start: int
    end: int
    role: Role = "head"
    noun: int = -1


@dataclass(frozen=True, slots=True)
class Subject:
    """The noun phrase that does what a verb says; the verb's own words begin at ``chain``."""

    start: int
    end: int
    chain: int


def name_end(reading: Reading, at: int) -> int:
    """Where the name that begins at ``at`` ends: "Department of Justice" is one."""
    kinds, words, size = reading.kinds, reading.words, len(reading)
    end = at
    while end < size and kinds[end] == "x":
        end += 1
        joined = end < size and (words[end] == "of" or kinds[end] == "h")
        if joined and kinds[end + 1 : end + 2] == "x":
            end += 1
    return end


def name_start(reading: Reading, last: int, least: int = 0) -> int:
    """Where the name that ends with the word ``last`` begins, ``least`` at the earliest."""
    start = last
    while start > least and reading.kinds[start - 1] == "x":
        start -= 1
    return start


def skip(reading: Reading, at: int, kinds: str) -> int:
    """The first place from ``at`` on whose kind is none of ``kinds``."""
    while at < len(reading) and reading.kinds[at] in kinds:
        at += 1
    return at


def skip_back(reading: Reading, at: int, kinds: str) -> int:
    """The last place up to ``at`` whose kind is none of ``kinds``, or -1."""
    while at >= 0 and reading.kinds[at] in kinds:
        at -= 1
    return at


def phrase_after(reading: Reading, at: int) -> Subject | None:
    """The noun phrase that begins at ``at``."""
    here = skip(reading, at, "dwbqgh")
    kind = reading.kinds[here : here + 1]
    if kind == "x":
        return Subject(here, name_end(reading, here), here)
    if kind == "r" and here == at:
        return Subject(here, here + 1, here)
    return Subject(at, here, here) if here > at else None


def phrase_before(reading: Reading, last: int, chain: int) -> Subject:
    """The noun phrase that ends at ``last``: its head, with what hangs on it left out."""
    kinds = reading.kinds
    if kinds[last] == "r":
        return Subject(last, last + 1, chain)
    here, head_end = last, last + 1
    while here >= 0:
        if kinds[here] == ")" and "(" in kinds[:here]:
            opening = kinds.rindex("(", 0, here)
            head_end = opening if head_end == here + 1 else head_end
            here = opening - 1
        elif _inside(reading, here, last):
            here -= 1
        elif _hangs_on(reading, here):
            head_end = here
            here -= 1
        else:
            break
    return Subject(here + 1, head_end, chain)


def agent(reading: Reading, at: int, by: frozenset[str] = frozenset({"by"})) -> Subject | None:
    """Whoever stands behind "by" within reach of ``at``, in the same clause."""
    for here in range(at, min(len(reading), at + REACH)):
        if reading.words[here] in by:
            return phrase_after(reading, here + 1)
        if reading.kinds[here] in ".:v" and here > at:
            return None
    return None


def _inside(reading: Reading, at: int, last: int) -> bool:
    """Whether a word belongs to the noun phrase whose later words it precedes."""
    kind = reading.kinds[at]
    quoted = kind == "q" and at < last
    return kind in "xwgdshb" or quoted or (reading.words[at] == "of" and _titled(reading, at))


def _hangs_on(reading: Reading, at: int) -> bool:
    """Whether what follows a preposition or an "and" belongs to a head before it."""
    kinds = reading.kinds
    if at == 0 or kinds[at - 1] not in "xwg" or reading.words[at] == "to":
        return False
    return kinds[at] == "p" or (reading.words[at] == "and" and kinds[at + 1] in "xdw")


def _titled(reading: Reading, at: int) -> bool:
    """Whether "of" belongs to a title: "Director of National Intelligence James Clapper"."""
    kinds = reading.kinds
    alone = at > 0 and kinds[at - 1] == "x" and (at < 2 or kinds[at - 2] != "x")
    return alone and kinds[at + 1 : at + 2] == "x"
