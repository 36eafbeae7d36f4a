"""Who stands where around a word: its object, its subject, its agent, its owner.

No parser: noun phrases are stretches of kinds of words, read from a stance word outwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from stance.labeling.reading import Reading

#: How many words an object may reach from its verb, and a subject.
REACH, FAR = 14, 40
_INSIDE = frozenset("dwbqgh")
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
    """The noun phrase that does what a verb says, and where the verb's own words begin."""

    start: int
    end: int
    chain: int


def name_end(reading: Reading, at: int) -> int:
    """Where the name that begins at ``at`` ends: "Department of Justice" is one."""
    kinds, words, size = reading.kinds, reading.words, len(reading)
    end = at
    while end < size and kinds[end] == "x":
        end += 1
        if end + 1 < size and words[end] == "of" and kinds[end + 1] == "x":
            end += 1
        elif end + 1 < size and kinds[end] == "h" and kinds[end + 1] == "x":
            end += 1
    return end


def objects(reading: Reading, at: int) -> Iterator[Place]:
    """Who may be meant by the noun phrase that begins at ``at``, a list of them included."""
    kinds, words, size = reading.kinds, reading.words, min(len(reading), at + REACH)
    here, noun, names = at, -1, 0
    while here < size:
        kind = kinds[here]
        if kind == "x":
            end = name_end(reading, here)
            names += 1
            yield from _named(reading, here, end)
            here = end
            if here < size and kinds[here] == "s":
                here = _after_owner(reading, here)
                noun = here - 1
            elif here < size and kinds[here] in "wg":
                while here < size and kinds[here] in "wg":
                    here += 1
                noun = here - 1
            if not _goes_on(reading, here, noun >= 0):
                return
            continue
        if kind == "r":
            if not names:
                yield Place(here, here + 1, "pronoun")
            return
        if kind == "p" and noun >= 0:
            if words[here] == "of":
                yield from _complement(reading, here + 1, "of", noun)
            elif words[here] in ("by", "from"):
                yield from _complement(reading, here + 1, "by", noun)
            return
        if kind == "," and _goes_on(reading, here, noun >= 0):
            here += 1
            continue
        if kind == "c" and (names or noun >= 0) and _goes_on(reading, here, True):
            here += 1
            continue
        if kind == "(" and ")" in kinds[here:]:
            here = kinds.index(")", here) + 1
            continue
        if kind not in _INSIDE and not (kind == "s" and noun >= 0):
            return
        if kind in "wg":
            noun = here
        here += 1


def _named(reading: Reading, start: int, end: int) -> Iterator[Place]:
    """A name that owns, that describes the next noun, or that is meant itself."""
    kinds = reading.kinds
    if end < len(reading) and kinds[end] == "s":
        yield Place(start, end, "owner", _after_owner(reading, end) - 1)
    elif end < len(reading) and kinds[end] in "wg":
        last = end
        while last < len(reading) and kinds[last] in "wg":
            last += 1
        yield Place(start, end, "modifier", last - 1)
    else:
        yield Place(start, end)


def _after_owner(reading: Reading, at: int) -> int:
    """Where what is owned ends: after the nouns behind 's."""
    here = at + 1
    while here < len(reading) and reading.kinds[here] in "wgbqhx":
        here += 1
    return here


def _goes_on(reading: Reading, at: int, described: bool) -> bool:
    """Whether a list or an apposition goes on with a name after a comma or an "and"."""
    kinds, size = reading.kinds, len(reading)
    here = at
    if here < size and kinds[here] == "(" and ")" in kinds[here:]:
        here = kinds.index(")", here) + 1
    if here >= size or kinds[here] not in ",cqw" + ("x" if described else ""):
        return False
    if kinds[here] == "x":
        return False
    while here < size and kinds[here] in ",cq":
        here += 1
    back = here
    while here < size and here - back < 4 and kinds[here] in "dw":
        here += 1
    if here >= size or kinds[here] != "x":
        return False
    # "attacked Smith, and Jones replied" begins a clause, "attacked Smith and Jones" does not.
    end = name_end(reading, here)
    return end >= size or kinds[end] not in "vam"


def _complement(reading: Reading, at: int, role: Role, noun: int) -> Iterator[Place]:
    """Who stands behind "of" or "by"."""
    here = at
    while here < len(reading) and here - at < 6 and reading.kinds[here] in "dwbqh":
        here += 1
    if here < len(reading) and reading.kinds[here] == "x":
        yield Place(here, name_end(reading, here), role, noun)


def agent(reading: Reading, at: int, by: frozenset[str] = frozenset({"by"})) -> Subject | None:
    """Whoever stands behind "by" within reach of ``at``, in the same clause."""
    for here in range(at, min(len(reading), at + REACH)):
        if reading.words[here] in by:
            return _phrase_after(reading, here + 1)
        if reading.kinds[here] in ".:v" and here > at:
            return None
    return None


def _phrase_after(reading: Reading, at: int) -> Subject | None:
    here = at
    kinds = reading.kinds
    while here < len(reading) and kinds[here] in "dwbqgh":
        here += 1
    if here < len(reading) and kinds[here] == "x":
        return Subject(here, name_end(reading, here), here)
    if here < len(reading) and kinds[here] == "r" and here == at:
        return Subject(here, here + 1, here)
    return Subject(at, here, here) if here > at else None


def subject(reading: Reading, at: int) -> Subject | None:
    """Whoever does what the verb at ``at`` says: back over its own words to a noun phrase."""
    kinds, words = reading.kinds, reading.words
    here, chain = at - 1, at
    for _ in range(FAR):
        if here < 0:
            return _fronted(reading, at)
        kind = kinds[here]
        if kind in "ambnvq" or words[here] == "to":
            here -= 1
        elif kind == ":":
            here -= 1
        elif kind == "o":
            if words[here] in ("who", "which", "that", "whom"):
                back = here - 1
                while back >= 0 and kinds[back] in ",q":
                    back -= 1
                if back >= 0 and kinds[back] in "xwg)":
                    return phrase_before(reading, back, here)
            here = _verb_before(reading, here)
        elif kind in "cp":
            here = _verb_before(reading, here)
        elif kind == ",":
            opening = _opening_comma(reading, here)
            if 0 < opening < here - 1 and kinds[opening - 1] == "w" and kinds[opening + 1] == "x":
                # "The foreign minister, Frank Steinmeier, said": the name.
                return Subject(opening + 1, name_end(reading, opening + 1), here)
            here = opening - 1 if opening >= 0 else _verb_before(reading, here)
        elif kind in "xwgs)rd":
            found = phrase_before(reading, here, here + 1)
            after = words[here + 1] if here + 1 < len(words) else ""
            if after == "to" or (here + 1 == at and _adjunct(reading, found, at)):
                # "urged the court to throw it out", "led them to the door to plead": who urged, led.
                earlier = _verb_before(reading, found.start)
                if earlier >= 0:
                    here = earlier
                    continue
            return found
        else:
            return _fronted(reading, at)
    return None


def _adjunct(reading: Reading, found: Subject, at: int) -> bool:
    """Whether a verb on -ing says more of an earlier subject: "wrote a letter thanking him"."""
    if not reading.words[at].endswith("ing") or reading.kinds[found.end - 1] == "x":
        return False
    return found.start > 0 and reading.words[found.start - 1] != "with"


def phrase_before(reading: Reading, last: int, chain: int) -> Subject:
    """The noun phrase that ends at ``last``: its head, with what hangs on it left out."""
    kinds, words = reading.kinds, reading.words
    here = last
    head_end = last + 1
    if kinds[last] == "r":
        return Subject(last, last + 1, chain)
    while here >= 0:
        if kinds[here] == ")":
            opening = kinds.rfind("(", 0, here)
            if opening < 0:
                break
            if head_end == here + 1:
                head_end = opening
            here = opening - 1
        elif kinds[here] in "xwgdshb" or (kinds[here] == "q" and here < last):
            here -= 1
        elif words[here] == "of" and _titled(reading, here):
            here -= 1
        elif kinds[here] == "p" and here > 0 and kinds[here - 1] in "xwg" and words[here] != "to":
            head_end = here
            here -= 1
        elif words[here] == "and" and here > 0 and kinds[here - 1] in "xwg" and kinds[here + 1] in "xdw":
            head_end = here
            here -= 1
        else:
            break
    return Subject(here + 1, head_end, chain)


def _titled(reading: Reading, at: int) -> bool:
    """Whether "of" belongs to a title: "Director of National Intelligence James Clapper"."""
    kinds = reading.kinds
    alone = at > 0 and kinds[at - 1] == "x" and (at < 2 or kinds[at - 2] != "x")
    return alone and at + 1 < len(kinds) and kinds[at + 1] == "x"


def _verb_before(reading: Reading, at: int) -> int:
    """The place of the last verb before ``at``, whose subject is shared; -1 if there is none."""
    for here in range(at - 1, -1, -1):
        if reading.kinds[here] in "vam":
            return here
        if reading.kinds[here] == "." and reading.words[here] in (";", "—", "–"):
            return -1
    return -1


def _opening_comma(reading: Reading, at: int) -> int:
    """The comma that opens an apposition closed at ``at``: "Smith, the mayor of Bree, said"."""
    for here in range(at - 1, max(-1, at - 16), -1):
        if reading.kinds[here] == ",":
            inside = reading.kinds[here + 1 : at]
            return here if "v" not in inside and "m" not in inside or inside[:1] in "og" else -1
        if reading.kinds[here] in ".:":
            return -1
    return -1


def _fronted(reading: Reading, at: int) -> Subject | None:
    """ "While attacking X, Smith said": the subject that comes after the comma."""
    comma = reading.kinds.find(",", at)
    if comma < 0:
        return None
    here = comma + 1
    if here < len(reading) and reading.kinds[here] in "xdw":
        found = _phrase_after(reading, here)
        if found and found.end < len(reading) and reading.kinds[found.end] in "vamb":
            return found
    return None
