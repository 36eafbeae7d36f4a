"""From a stance word with its places to votes on the parties that stand there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from stance.labeling.holders import Holder, holder_of, object_antecedent
from stance.labeling.phrases import Place, Subject, name_end
from stance.labeling.reading import Cue, Reading
from stance.labeling.scope import Taken, taken_away
from stance.labeling.votes import Vote
from stance.schema.nouns import Label

Polar = Literal["support", "opposition"]
OTHER: dict[Label, Label] = {"support": "opposition", "opposition": "support", "neutral": "neutral"}


def cast(
    reading: Reading,
    rule: str,
    cue: Cue,
    places: Iterable[Place],
    found: Subject | None,
    holder: Holder | Subject = None,
    taken: Taken | None = None,
) -> Iterator[tuple[int, Vote]]:
    """Votes by ``cue`` on the parties at ``places``; the subject holds it unless told otherwise."""
    taken = taken or taken_away(reading, cue.start, found)
    words = reading.said(cue.start, cue.end)
    for place in places:
        # "Called for X's resignation": the entry has judged the noun that it names.
        spot = replace(place, role="head") if cue.start <= place.noun < cue.end else place
        name = "pronoun" if place.role == "pronoun" else rule
        for party, label in toward(reading, [spot], cue.entry.label, found):
            who = holder_of(reading, holder, party) if isinstance(holder, Subject) else holder
            if holder is None:
                who = holder_of(reading, found, party)
            # What somebody says for or against themself is not for others to count.
            if who != "self":
                yield party, judged(name, cue, label, who, words, taken)


def judged(
    rule: str, cue: Cue, label: Label, holder: Holder, words: str, taken: Taken | None
) -> Vote:
    """The vote, after what is said to take the stance away."""
    if taken is None:
        return Vote(rule, label, holder, words, cue.entry.lemma)
    kind, by = taken
    evidence = f"{by} {words}"
    if kind in ("denied", "reversed") and cue.entry.withheld and label == "support":
        return Vote(rule, "opposition", holder, evidence, cue.entry.lemma)
    return Vote(rule, "neutral", None, evidence, cue.entry.lemma)


def toward(
    reading: Reading, places: Iterable[Place], label: Label, found: Subject | None = None
) -> Iterator[tuple[int, Label]]:
    """The parties that places name, each with the label that reaches it.

    ``found`` is the subject, which "him" does not stand for.
    """
    for place in places:
        if place.role == "pronoun":
            party = _meant(reading, place, found)
            if party is not None:
                yield party, label
            continue
        reaching = _through(reading, place, label)
        if reaching is None:
            continue
        named = (reading.party_of.get(at) for at in range(place.start, place.end))
        for party in {party for party in named if party is not None}:
            end = max(end for start, end in reading.parties[party] if start < place.end)
            if end >= place.end or _is_own(reading, end):
                yield party, reaching


def _apposed(reading: Reading, at: int) -> bool:
    """Whether a name in apposition tells who the noun before ``at`` is: "…, Ann Tarn"."""
    if reading.kinds[at : at + 2] != ",x":
        return False
    end = name_end(reading, at + 1)
    return end >= len(reading) or reading.kinds[end] not in "vam"


def _meant(reading: Reading, place: Place, found: Subject | None) -> int | None:
    """The party that "him" or "his" stands for; who "he" is can rarely be told."""
    word = reading.words[place.start]
    if word in ("him", "her", "them") or (place.noun > 0 and word in ("his", "their", "its")):
        return object_antecedent(reading, place.start, found)
    return None


def _is_own(reading: Reading, at: int) -> bool:
    """Whether the rest of a name is the party's own: "Tarn Administration"."""
    lists = reading.lexicon.words.lists
    return reading.words[at] == "of" or reading.words[at] in lists["belongings"]


def _through(reading: Reading, place: Place, label: Label) -> Label | None:
    """The label after what stands between the stance word and the party, or none at all."""
    if place.role in ("head", "by") or place.noun < 0:
        return label
    noun = reading.words[place.noun]
    lists = reading.lexicon.words.lists
    for entry in reading.lexicon.starting(noun):
        # Who condemns X's arrest, or X's critics, says little of X.
        if len(entry.words) == 1 and entry.frame in ("acts", "agents"):
            return None
    if place.role in ("modifier", "of"):
        return label if noun in lists["belongings"] else None
    # "X's former manager, Ann Tarn": it is the manager that is meant.
    somebody = "x" in reading.kinds[place.end : place.noun + 1]
    somebody = somebody or _apposed(reading, place.noun + 1)
    somebody = somebody or noun in lists["roles"] or noun in lists["people"]
    return None if somebody else label
