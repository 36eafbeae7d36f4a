"""Whose words a stretch of a sentence is: quotations, reports, and "according to"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stance.labeling.phrases import Subject, phrase_after
from stance.labeling.subjects import subject

if TYPE_CHECKING:
    from stance.labeling.reading import Reading


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words ``start`` to ``end`` are said by ``speaker``; ``verb`` is where that is told."""

    start: int
    end: int
    verb: int
    speaker: Subject


def attributions(reading: Reading) -> list[Attribution]:
    """Every report in a sentence."""
    found: list[Attribution] = []
    reporting = reading.lexicon.words.reporting
    for at, word in enumerate(reading.words):
        if word in reporting and reading.kinds[at] in "vw":
            found += _by_verb(reading, at)
        elif word == "according" and reading.words[at + 1 : at + 2] == ("to",):
            speaker = phrase_after(reading, at + 2)
            if speaker:
                found.append(Attribution(0, len(reading), at, speaker))
        elif word == ":" and 0 < at <= 6 and set(reading.kinds[:at]) <= set("xwdsh"):
            found.append(Attribution(at + 1, len(reading), at, Subject(0, at, at)))
    return found


def speaker_at(reading: Reading, at: int) -> Subject | None:
    """Who says the word at ``at``: the report nearest before it, else one that follows."""
    inside = [a for a in reading.attributions if a.start <= at < a.end and a.verb != at]
    before = [a for a in inside if a.verb < at]
    if before:
        return max(before, key=lambda a: a.verb).speaker
    return min(inside, key=lambda a: a.verb).speaker if inside else None


def _by_verb(reading: Reading, at: int) -> list[Attribution]:
    kinds, size = reading.kinds, len(reading)
    # '"...," said Smith.'
    if at and kinds[at - 1] in ",q" and at + 1 < size and kinds[at + 1] in "xdwr":
        speaker = phrase_after(reading, at + 1)
        if speaker and "v" not in kinds[at + 1 : speaker.end]:
            return [Attribution(0, at, at, speaker), *_resumed(reading, at, speaker)]
    speaker = subject(reading, at)
    if speaker is None or speaker.end > at:
        return []
    follows = kinds[at + 1] if at + 1 < size else "."
    opens = speaker.start > 0 and kinds[speaker.start - 1] in ",q"
    # '"...," Smith told the council.': a mark that closes is no part of the name.
    first = speaker.start + (kinds[speaker.start] == "q")
    quoted, speaker = kinds[:first], Subject(first, speaker.end, speaker.chain)
    closed = quoted.endswith("q") and quoted.count("q") % 2 == 0
    if closed or (opens and (follows in ".,pqb" or at + 1 >= size)):
        return [Attribution(0, speaker.start, at, speaker), *_resumed(reading, at, speaker)]
    if follows in "odxrqw,:pnamb":
        return [Attribution(at + 1, size, at, speaker)]
    return []


def _resumed(reading: Reading, at: int, speaker: Subject) -> list[Attribution]:
    """The quotation that goes on after "Smith said"."""
    if "q" in reading.kinds[at:]:
        return [Attribution(at + 1, len(reading), at, speaker)]
    return []
