"""Whom a stance word reaches: the noun phrase behind it, lists and owners included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from stance.labeling.phrases import POSSESSIVES, REACH, Place, Role, Subject, name_end, skip

if TYPE_CHECKING:
    from stance.labeling.reading import Reading

_INSIDE = frozenset("dwbqgh")


def objects(reading: Reading, at: int, verb: int = -1) -> Iterator[Place]:
    """Who may be meant by the noun phrase that begins at ``at``; ``verb`` is its own, if it has."""
    kinds, size = reading.kinds, min(len(reading), at + REACH)
    here, noun, names = at, -1, 0
    while here < size:
        kind = kinds[here]
        if kind == "d" and (owned := _owned(reading, here)):
            yield Place(here, here + 1, "pronoun", owned)
            return
        if kind == "x":
            names += 1
            end = name_end(reading, here)
            place = _named(reading, here, end)
            yield place
            here = max(end, place.noun + 1)
            noun = max(noun, place.noun)
            described = place.role == "modifier" and kinds[here : here + 1] == "x"
            if here == verb or (not described and not _goes_on(reading, here, verb)):
                return
        elif kind in ",c" and _listed(reading, here, noun, names) and _goes_on(reading, here, verb):
            here += 1
        elif kind == "(" and ")" in kinds[here:]:
            here = kinds.index(")", here) + 1
        elif kind in _INSIDE or (kind == "s" and noun >= 0):
            noun = here if kind in "wg" else noun
            here += 1
        else:
            yield from _last(reading, here, noun, names)
            return


def subjects(reading: Reading, found: Subject | None) -> Iterator[Place]:
    """Who may be meant by a subject."""
    if found is None:
        return
    last = found.end - 1
    if last >= found.start and reading.kinds[last] == "r":
        return
    yield from objects(reading, found.start, found.chain)


def _last(reading: Reading, at: int, noun: int, names: int) -> Iterator[Place]:
    """What a noun phrase may end with: a pronoun, or somebody behind "of" or "by"."""
    word = reading.words[at]
    if reading.kinds[at] == "r" and not names:
        yield Place(at, at + 1, "pronoun")
    elif noun >= 0 and word in ("of", "by", "from"):
        here = skip(reading, at + 1, "dwbqh")
        if here - at < 8 and reading.kinds[here : here + 1] == "x":
            role: Role = "of" if word == "of" else "by"
            yield Place(here, name_end(reading, here), role, noun)


def _owned(reading: Reading, at: int) -> int:
    """Where "his plan" ends, if what he owns counts for him; else 0."""
    noun = skip(reading, at + 1, "wgb") - 1
    own = reading.lexicon.words.lists["belongings"]
    counts = noun > at and reading.words[noun] in own
    return noun if counts and reading.words[at] in POSSESSIVES else 0


def _named(reading: Reading, start: int, end: int) -> Place:
    """A name that owns, that describes the next noun, or that is meant itself."""
    kind = reading.kinds[end : end + 1]
    if kind == "s":
        return Place(start, end, "owner", skip(reading, end + 1, "wgbqhx") - 1)
    if kind and kind in "wg":
        return Place(start, end, "modifier", skip(reading, end, "wg") - 1)
    return Place(start, end)


def _listed(reading: Reading, at: int, noun: int, names: int) -> bool:
    """Whether a comma or an "and" may join names: "the mayor, Ann Tarn", "the guild and Tarn"."""
    lists = reading.lexicon.words.lists
    if reading.kinds[at] == "c" or names:
        return bool(names) or noun >= 0
    return noun >= 0 and reading.words[noun] in lists["offices"] | lists["roles"]


def _goes_on(reading: Reading, at: int, verb: int) -> bool:
    """Whether a list or an apposition goes on with a name after a comma or an "and"."""
    kinds, size = reading.kinds, len(reading)
    here = at
    if kinds[here : here + 1] == "(" and ")" in kinds[here:]:
        here = kinds.index(")", here) + 1
    if here >= size or kinds[here] not in ",cqw":
        return False
    here = skip(reading, here, ",cq")
    name = skip(reading, here, "dw")
    if name - here > 4 or kinds[name : name + 1] != "x":
        return False
    # "attacked Smith, and Jones replied" begins a clause, "attacked Smith and Jones" does not.
    end = name_end(reading, name)
    return end >= size or end == verb or kinds[end] not in "vam"
