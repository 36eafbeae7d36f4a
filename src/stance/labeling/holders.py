"""Who holds a stance: a party, a name that is no party of ours, or somebody unnamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stance.labeling.attribution import speaker_at
from stance.labeling.phrases import POSSESSIVES, Subject, name_end, name_start
from stance.schema.nouns import Span

if TYPE_CHECKING:
    from stance.labeling.reading import Reading

#: A party's number, the span of a name or an institution, or a holder kind; ``None``: not known.
Holder = int | Span | str | None
_FIRST = frozenset("i we me us".split())
_THIRD = frozenset("he she they it him her them his their its".split())


def holder_of(reading: Reading, found: Subject | None, target: int) -> Holder:
    """Whom a noun phrase names, seen from the stance toward ``target``."""
    if found is None or found.end <= found.start:
        return None
    last = found.end - 1
    while last > found.start and reading.kinds[last] not in "xwgr":
        last -= 1
    kind = reading.kinds[last]
    if kind == "x":
        start = name_start(reading, last, found.start)
        return party_or_span(reading, start, last + 1, target)
    if kind == "r" or (kind == "d" and reading.words[last] in POSSESSIVES):
        return _pronoun(reading, last, target)
    if kind in "wg":
        return _noun(reading, found, last, target)
    return "unnamed"


def party_or_span(reading: Reading, start: int, end: int, target: int) -> Holder:
    """The party that the words name, else their span; the target itself is ``self``."""
    named = {reading.party_of[at] for at in range(start, end) if at in reading.party_of}
    if named:
        party = min(named, key=lambda p: p == target)
        return "self" if party == target else party
    return reading.span(start, end)


def _pronoun(reading: Reading, at: int, target: int) -> Holder:
    word = reading.words[at]
    if word in _FIRST:
        said = speaker_at(reading, at)
        # "I said that I ..." would ask for ever.
        another = said is not None and not said.start <= at < said.end
        return holder_of(reading, said, target) if another else None
    if word not in _THIRD:
        return "unnamed"
    found = antecedent(reading, at)
    if found is None:
        return reading.span(at, at + 1)
    return "self" if found == target else found


def antecedent(reading: Reading, at: int) -> int | Span | None:
    """Whom "he" stands for: who acts first in the sentence, else who was named last before."""
    here = 0
    while here < at:
        if reading.kinds[here] == "x":
            end = name_end(reading, here)
            if end < len(reading) and reading.kinds[end] in "vamb,(":
                held = party_or_span(reading, here, end, -1)
                return held if isinstance(held, int | Span) else None
            here = end
        here += 1
    before = [(span.end, p) for p, spans in enumerate(reading.before) for span in spans]
    return max(before)[1] if before else None


def object_antecedent(reading: Reading, at: int, found: Subject | None) -> int | None:
    """The party that "him" stands for: named last before it, and not as the verb's subject."""
    here = at - 1
    while here >= 0:
        inside = found is not None and found.start <= here < found.end
        if reading.kinds[here] == "x" and not inside:
            return reading.party_of.get(here)
        here -= 1
    before = [(span.end, p) for p, spans in enumerate(reading.before) for span in spans]
    return max(before)[1] if before else None


def _noun(reading: Reading, found: Subject, last: int, target: int) -> Holder:
    """ "The Tarn administration", "a spokesman for X", "a letter from X", "the court"."""
    lists = reading.lexicon.words.lists
    noun = reading.words[last]
    names = [at for at in range(found.start, last) if reading.kinds[at] == "x"]
    owned = bool(names) and reading.kinds[names[-1] + 1] == "s"
    speaks = noun in lists["spokespeople"] or noun in lists["utterances"]
    if names and (speaks or not owned):
        start = name_start(reading, names[-1], found.start)
        return party_or_span(reading, start, names[-1] + 1, target)
    if speaks:
        whose = _behind(reading, last + 1)
        if whose is not None:
            return party_or_span(reading, *whose, target)
        if reading.words[found.start] in POSSESSIVES:
            return _pronoun(reading, found.start, target)
    office = noun in lists["offices"] and reading.words[found.start] == "the"
    if office or noun in lists["institutions"]:
        return reading.span(found.start, last + 1)
    return "unnamed"


def _behind(reading: Reading, at: int) -> tuple[int, int] | None:
    """The name behind "for", "of", "from", "by" or "in"."""
    if at + 1 >= len(reading) or reading.words[at] not in ("for", "of", "from", "by", "in"):
        return None
    here = at + 1
    while here < len(reading) and reading.kinds[here] in "dw":
        here += 1
    if here < len(reading) and reading.kinds[here] == "x":
        return here, name_end(reading, here)
    return None
