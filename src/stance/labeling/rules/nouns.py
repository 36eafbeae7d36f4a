"""Stance nouns and adjectives: "support for the mayor", "his arrest", "critical of the mayor"."""

from __future__ import annotations

from collections.abc import Iterator

from stance.labeling.holders import Holder
from stance.labeling.objects import objects, subjects
from stance.labeling.phrases import Place, Subject, agent, name_end, name_start, phrase_before, skip
from stance.labeling.reading import Cue, Reading
from stance.labeling.rules.claims import cast
from stance.labeling.rules.registry import sentence_function
from stance.labeling.subjects import subject
from stance.labeling.votes import Vote

#: How far a preposition may stand from its noun: "support among the young for".
_NEAR = 5
_FROM = frozenset({"by", "from", "among"})


@sentence_function
def stance_noun(reading: Reading) -> Iterator[tuple[int, Vote]]:
    """ "Support for the mayor", "the guild's criticism of the mayor"."""
    for cue in reading.frame("nouns"):
        if reading.kinds[cue.start] not in "wgv":
            continue
        at = _preposition(reading, cue)
        verb = _governor(reading, cue.start)
        having = verb >= 0 and reading.words[verb] in reading.lexicon.words.lists["having"]
        if at < 0 or (reading.words[at] == "of" and having) or _against(reading, verb):
            continue
        found, holder = _giver(reading, cue, at)
        yield from cast(reading, "stance_noun", cue, objects(reading, at + 1), found, holder)


@sentence_function
def receiving(reading: Reading) -> Iterator[tuple[int, Vote]]:
    """ "The mayor faced criticism from the guild"."""
    lists = reading.lexicon.words.lists
    for cue in (*reading.frame("nouns"), *reading.frame("acts")):
        verb = _governor(reading, cue.start)
        if verb < 0 or cue.start - verb > 4 or cue.entry.words[0] not in lists["received"]:
            continue
        having = reading.words[verb] in lists["having"] and cue.entry.label == "support"
        receives = having or reading.words[verb] in lists["receiving"]
        if not receives or "to" in reading.words[verb : cue.start]:
            continue
        if cue.entry.prepositions and _preposition(reading, cue) >= 0 and not having:
            continue
        found = subject(reading, verb)
        by = agent(reading, cue.end, _FROM | {"of"} if having else _FROM)
        if having and by is None:
            continue
        places = subjects(reading, found)
        yield from cast(reading, "receiving", cue, places, found, by or "unnamed")


@sentence_function
def act(reading: Reading) -> Iterator[tuple[int, Vote]]:
    """ "The arrest of the mayor", "the mayor's arrest by the guards"."""
    for cue in reading.frame("acts"):
        if reading.kinds[cue.start] not in "wg":
            continue
        owner = reading.owner(cue.start)
        by: Holder | Subject = agent(reading, cue.end) or "unnamed"
        if reading.words[cue.end : cue.end + 1] == ("of",):
            holder = by if owner is None else owner
            places = [p for p in objects(reading, cue.end + 1) if p.role == "head"]
            yield from cast(reading, "act", cue, places, None, holder)
        elif owner is not None:
            place = [Place(owner.start, owner.end)]
            yield from cast(reading, "act", cue, place, None, by)


@sentence_function
def agent_noun(reading: Reading) -> Iterator[tuple[int, Vote]]:
    """ "A critic of the mayor", "the mayor's critics", "Tarn supporters"."""
    for cue in reading.frame("agents"):
        if reading.kinds[cue.start] not in "wg":
            continue
        holder = _apposed(reading, cue)
        if reading.words[cue.end : cue.end + 1] == ("of",):
            yield from cast(reading, "agent_noun", cue, objects(reading, cue.end + 1), None, holder)
            continue
        owner = reading.owner(cue.start)
        if owner is not None:
            places = [Place(owner.start, owner.end)]
            yield from cast(reading, "agent_noun", cue, places, None, holder)
        elif cue.start and reading.kinds[cue.start - 1] in "xh":
            last = cue.start - 1 if reading.kinds[cue.start - 1] == "x" else cue.start - 2
            if last >= 0 and reading.kinds[last] == "x":
                places = [Place(name_start(reading, last), last + 1)]
                yield from cast(reading, "agent_noun", cue, places, None, holder)


@sentence_function
def stance_adjective(reading: Reading) -> Iterator[tuple[int, Vote]]:
    """ "Critical of the mayor", "loyal to the mayor"."""
    for cue in reading.frame("adjectives"):
        at = skip(reading, cue.end, "bq")
        if at < len(reading) and reading.words[at] in cue.entry.prepositions:
            found = subject(reading, cue.start)
            yield from cast(reading, "stance_adjective", cue, objects(reading, at + 1), found)


def _preposition(reading: Reading, cue: Cue) -> int:
    """Where the preposition that leads to the target stands, or -1."""
    words = reading.words
    for here in range(cue.end, min(len(reading), cue.end + _NEAR)):
        if reading.words[here] in cue.entry.prepositions:
            return here
        # "Sanctions imposed on", "charges brought against".
        brought = here == cue.end and "participle" in reading.lexicon.verbs.get(words[here], ())
        if reading.kinds[here] in "v.,oam:(" and not brought:
            return -1
    return -1


def _giver(reading: Reading, cue: Cue, at: int) -> tuple[Subject | None, Holder | Subject]:
    """Who gives what the noun names: its owner, who it comes from, the subject of its verb."""
    verb = _governor(reading, cue.start)
    found = subject(reading, verb + 1) if verb >= 0 else None
    if verb >= 0 and reading.words[verb] == "by":
        found = None
    owner = reading.owner(cue.start)
    # In "Tarn and Orlev voiced their support" it is they who voice that own it.
    if owner is not None and (found is None or reading.kinds[owner.start] != "d"):
        return found, owner
    by = agent(reading, cue.end, frozenset({"by", "from", "among"}))
    if by is not None:
        return found, by
    if found is None:
        far = _before(reading, cue.start)
        return None, (subject(reading, far) if far >= 0 else None) or "unnamed"
    return found, None


def _governor(reading: Reading, at: int) -> int:
    """The verb before a noun, in its clause; "under fire" counts "under"."""
    for here in range(at - 1, max(-1, at - 8), -1):
        if reading.kinds[here] == "v" or reading.words[here] in ("under", "amid"):
            return here
        if reading.kinds[here] in "a":
            return here
        if reading.kinds[here] in ".,o:x":
            return -1
    return -1


def _before(reading: Reading, at: int) -> int:
    """The last verb before a noun, however far, in the same sentence; or -1."""
    return max((here for here in range(at) if reading.kinds[here] == "v"), default=-1)


def _against(reading: Reading, verb: int) -> bool:
    """Whether a verb takes a stance on what its noun names: "decried the attack on X"."""
    entries = reading.lexicon.starting(reading.words[verb]) if verb >= 0 else ()
    return any(e.frame == "verbs" and len(e.words) == 1 for e in entries)


def _apposed(reading: Reading, cue: Cue) -> Holder | Subject:
    """Whom an agent noun describes: "Orlev, a critic of Tarn", "Tarn critic Orlev"."""
    if reading.kinds[cue.end : cue.end + 1] == "x" and not reading.words[cue.start].endswith("s"):
        return Subject(cue.end, name_end(reading, cue.end), cue.end)
    here = cue.start - 1
    while here > 0 and reading.kinds[here] in "wbsxh":
        here -= 1
    if here < 1 or reading.words[here] not in ("a", "an", "of", "the"):
        return "unnamed"
    before = reading.kinds[here - 1]
    if before == "," and here > 1 and reading.kinds[here - 2] in "x)":
        return phrase_before(reading, here - 2, here)
    if before in "ap" or reading.words[here - 1] == "one":
        found = subject(reading, here if before == "a" else here - 1)
        one = not reading.words[cue.start].endswith("s") or reading.words[here] == "of"
        if found is not None and one:
            return found
    return "unnamed"
