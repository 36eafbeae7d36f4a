"""Who does what a verb says: back over the verb's own words to a noun phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stance.labeling.phrases import Subject, name_end, phrase_after, phrase_before, skip_back

if TYPE_CHECKING:
    from stance.labeling.reading import Reading

#: How many steps back are taken.
_FAR = 40
#: How long an apposition between commas may be, in words.
_APPOSITION = 16
#: What is said before these is said of what follows as well: "weighs whether to sue or fine".
_SHARING = frozenset({"or", "nor", "whether", "if"})
#: "To" before a verb, and "Tarn himself".
_ASIDE = frozenset({"to", "himself", "herself", "itself", "themselves", "each"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})


def subject(reading: Reading, at: int) -> Subject | None:
    """The subject of the verb at ``at``, which it may share with an earlier verb."""
    kinds, words = reading.kinds, reading.words
    here, chain = at - 1, -1
    for _ in range(_FAR):
        kind = kinds[here] if here >= 0 else "."
        if kind in "ambnvq:" or words[here] in _ASIDE:
            here -= 1
        elif kind in "cpo":
            if kind == "o" and (found := _antecedent(reading, here)):
                return found
            # "came and praised": what is said of the first verb is not said of the second.
            parts = kind != "p" and words[here] not in _SHARING
            chain = here + 1 if chain < 0 and parts else chain
            here = _verb_before(reading, here)
        elif kind == ",":
            if found := _apposed_name(reading, here):
                return found
            opening = _opening_comma(reading, here)
            if opening < 0:
                chain = here + 1 if chain < 0 else chain
            here = opening - 1 if opening >= 0 else _verb_before(reading, here)
        elif kind in "xwgs)rd":
            found = phrase_before(reading, here, here + 1 if chain < 0 else chain)
            earlier = _verb_before(reading, found.start)
            if earlier < 0 or not _shared(reading, found, here + 1, at):
                return found
            here = earlier
        else:
            return _fronted(reading, at)
    return None


def _shared(reading: Reading, found: Subject, after: int, at: int) -> bool:
    """Whether the noun phrase before a verb is only the object of the verb that has the subject.

    "Urged the court to throw it out", "led them out to plead", "wrote a letter thanking him".
    """
    if reading.words[after] == "to":
        # "Tarn's decision to back X" is Tarn's.
        return "s" not in reading.kinds[found.start : found.end]
    if after != at or not reading.words[at].endswith("ing"):
        return False
    named = reading.kinds[found.end - 1] == "x"
    return not named and found.start > 0 and reading.words[found.start - 1] != "with"


def _antecedent(reading: Reading, at: int) -> Subject | None:
    """Whom "who" or "which" stands for."""
    if reading.words[at] not in _RELATIVE:
        return None
    back = skip_back(reading, at - 1, ",q")
    if back >= 0 and reading.kinds[back] in "xwg)":
        return phrase_before(reading, back, at)
    return None


def _verb_before(reading: Reading, at: int) -> int:
    """The place of the last verb before ``at``, in the same part of the sentence; or -1."""
    for here in range(at - 1, -1, -1):
        if reading.kinds[here] in "vam":
            return here
        if reading.kinds[here] == "." and reading.words[here] in (";", "—", "–"):
            return -1
    return -1


def _opening_comma(reading: Reading, at: int) -> int:
    """The comma that opens an apposition closed at ``at``: "Smith, the mayor of Bree, said"."""
    for here in range(at - 1, max(-1, at - _APPOSITION), -1):
        if reading.kinds[here] == ",":
            inside = reading.kinds[here + 1 : at]
            relative = inside[:1] in "og" or reading.words[here + 1] in ("whose", "including")
            return here if relative or not set(inside) & set("vm") else -1
        if reading.kinds[here] in ".:":
            return -1
    return -1


def _apposed_name(reading: Reading, at: int) -> Subject | None:
    """ "The foreign minister, Frank Steinmeier, said": the name."""
    opening, kinds = _opening_comma(reading, at), reading.kinds
    if 0 < opening < at - 1 and kinds[opening - 1] == "w" and kinds[opening + 1] == "x":
        return Subject(opening + 1, name_end(reading, opening + 1), at)
    return None


def _fronted(reading: Reading, at: int) -> Subject | None:
    """ "While attacking X, Smith said": the subject that comes after the comma."""
    comma = reading.kinds.find(",", at)
    if comma < 0 or reading.kinds[comma + 1 : comma + 2] not in tuple("xdw"):
        return None
    found = phrase_after(reading, comma + 1)
    follows = reading.kinds[found.end : found.end + 1] if found else ""
    return found if follows and follows in "vamb" else None
