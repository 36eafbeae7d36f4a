"""Stance verbs with their object: "the guild praised the mayor", "he was condemned by all"."""

from __future__ import annotations

from collections.abc import Iterator

from stance.labeling.lexicon import GAP
from stance.labeling.objects import objects, subjects
from stance.labeling.phrases import Place, Subject, agent, phrase_before, skip_back
from stance.labeling.reading import Cue, Reading
from stance.labeling.rules.claims import cast
from stance.labeling.rules.registry import sentence_function
from stance.labeling.subjects import subject
from stance.labeling.votes import Vote

_WHOM = frozenset({"whom", "that", "which", "who"})
_HAVE = frozenset({"has", "have", "had", "having", "'ve", "'d"})
#: What may follow a participle that stands for a passive: "Mayor arrested on Friday".
_AFTER_PASSIVE = frozenset("by of for with in over on after from as at during".split())


@sentence_function
def active_verb(reading: Reading) -> Iterator[tuple[int, Vote]]:
    """ "The guild praised the mayor": a stance verb with the target as its object."""
    for cue in reading.frame("verbs"):
        if reading.kinds[cue.start] == "v" and voice(reading, cue) == "active":
            yield from cast(
                reading, "active_verb", cue, _objects(reading, cue), subject(reading, cue.start)
            )


@sentence_function
def passive_verb(reading: Reading) -> Iterator[tuple[int, Vote]]:
    """ "The mayor was condemned by the guild"."""
    for cue in _said(reading, "passive"):
        yield from _undergone(reading, "passive_verb", cue, subject(reading, cue.start))


@sentence_function
def reduced_passive(reading: Reading) -> Iterator[tuple[int, Vote]]:
    """ "The mayor, accused of fraud, resigned"; "Mayor arrested"."""
    for cue in _said(reading, "reduced"):
        last = skip_back(reading, cue.start - 1, ",qbn")
        # "Fought in the war" may be anybody's act; "arrested in May" is a court's.
        told = agent(reading, cue.end) or cue.entry.register == "courts" or _of(reading, cue.end)
        if told and last >= 0 and reading.kinds[last] in "xwg)":
            found = phrase_before(reading, last, last + 1)
            yield from _undergone(reading, "reduced_passive", cue, found)


def _said(reading: Reading, how: str) -> Iterator[Cue]:
    """The verbs in one voice."""
    for cue in reading.frame("verbs"):
        if reading.kinds[cue.start] == "v" and voice(reading, cue) == how:
            yield cue


def _undergone(
    reading: Reading, rule: str, cue: Cue, found: Subject | None
) -> Iterator[tuple[int, Vote]]:
    """Stances toward the subject of a passive, held by whom "by" names."""
    by = agent(reading, cue.end) or "unnamed"
    yield from cast(reading, rule, cue, subjects(reading, found), found, by)


@sentence_function
def object_relative(reading: Reading) -> Iterator[tuple[int, Vote]]:
    """ "Tarn, whom Orlev denounced": the object stands before."""
    for cue in reading.frame("verbs"):
        if reading.kinds[cue.start] != "v" or voice(reading, cue) != "relative":
            continue
        found = subject(reading, cue.start)
        if found is not None:
            last = found.start - 2
            while last >= 0 and reading.kinds[last] in ",q":
                last -= 1
            if last >= 0:
                whom = phrase_before(reading, last, last + 1)
                places = subjects(reading, whom)
                yield from cast(reading, "object_relative", cue, places, found)


@sentence_function
def nominal_gerund(reading: Reading) -> Iterator[tuple[int, Vote]]:
    """ "The bombing of Tarn by Orlev", "Orlev's bashing of Tarn"."""
    for cue in reading.frame("verbs"):
        # "Had the backing of Tarn" is a noun's.
        noun = reading.words[cue.start] in reading.lexicon.words.lists["received"]
        if reading.kinds[cue.start] == "g" and _of(reading, cue.end) and not noun:
            holder = reading.owner(cue.start) or agent(reading, cue.end) or "unnamed"
            places = objects(reading, cue.end + 1)
            yield from cast(reading, "nominal_gerund", cue, places, None, holder)


def voice(reading: Reading, cue: Cue) -> str:
    """``active``, ``passive``, ``reduced``, or "" where the word is no such verb here."""
    forms, kinds = cue.entry.forms, reading.kinds
    back = skip_back(reading, cue.start - 1, "bn")
    before = reading.words[back] if back >= 0 else ""
    takes_object = len(cue.entry.words) == 1 or cue.entry.words[-1] in ("down", "out", "up", "off")
    if kinds[cue.start - 1 : cue.start] == "h" and cue.start:
        return ""
    if "participle" in forms and before in reading.lexicon.words.lists["passive"] and takes_object:
        return "passive"
    if "ing" in forms and before == "being":
        return ""
    follows = kinds[cue.end] if cue.end < len(kinds) else "."
    if not takes_object or GAP in cue.entry.words or follows not in "p.,:bco":
        return "active"
    if _after_whom(reading, cue):
        return "relative"
    bare = "participle" in forms and before not in _HAVE
    word = reading.words[cue.end] if cue.end < len(kinds) else "."
    ends = word in _AFTER_PASSIVE or follows in ".,"
    if bare and ends and back >= 0 and kinds[back] in "xw,)q":
        return "reduced"
    return ""


def _of(reading: Reading, at: int) -> bool:
    return reading.words[at : at + 1] == ("of",)


def _after_whom(reading: Reading, cue: Cue) -> bool:
    """Whether the verb's clause begins with "whom" or "that"."""
    found = subject(reading, cue.start)
    return bool(found and found.start and reading.words[found.start - 1] in _WHOM)


def _objects(reading: Reading, cue: Cue) -> Iterator[Place]:
    phrase = cue.entry.words
    if GAP in phrase and reading.lexicon.words.kinds.get(phrase[-1]) != "p":
        return objects(reading, cue.start + phrase.index(GAP))
    return objects(reading, cue.end)
