"""What somebody says of the target: "X is a liar", "called X a liar", "X lied", "X must go"."""

from __future__ import annotations

from collections.abc import Iterator

from stance.labeling.attribution import speaker_at
from stance.labeling.holders import Holder, holder_of
from stance.labeling.objects import objects, subjects
from stance.labeling.phrases import Place, Subject, agent, phrase_before, skip_back
from stance.labeling.reading import Cue, Reading
from stance.labeling.rules.claims import OTHER, cast, judged, toward
from stance.labeling.rules.registry import sentence_function
from stance.labeling.rules.verbs import voice
from stance.labeling.scope import taken_away
from stance.labeling.subjects import subject
from stance.labeling.votes import Vote

#: "Should resign", "has to resign": what is demanded.
_MUST, _HAS_TO = frozenset({"should", "must"}), frozenset("ought needs need has have had".split())
#: Rules in which "not" turns a stance around: "X is no liar".
_TURNING = ("quality", "deed")


@sentence_function
def named(reading: Reading) -> Iterator[tuple[int, Vote]]:
    """ "Called the mayor a liar": a verb that names, and a quality behind the target."""
    qualities = reading.frame("qualities")
    for verb in reading.frame("naming") if qualities else ():
        if reading.kinds[verb.start] != "v":
            continue
        spoken = voice(reading, Cue(verb.entry, verb.start, verb.end))
        found = subject(reading, verb.start)
        if spoken == "passive":
            places = list(subjects(reading, found))
            after, holder = verb.end, agent(reading, verb.end) or "unnamed"
        elif spoken == "active":
            places, holder = list(objects(reading, verb.end)), None
            after = max((p.end for p in places), default=len(reading))
        else:
            continue
        cue = _quality(reading, qualities, after, 10)
        if cue is not None and places:
            yield from cast(reading, "named", cue, places, found, holder)


@sentence_function
def quality(reading: Reading) -> Iterator[tuple[int, Vote]]:
    """ "The mayor is a liar", in the mouth of a speaker or the writer."""
    lists = reading.lexicon.words.lists
    for cue in reading.frame("qualities"):
        at = cue.start - 1
        while at >= 0 and reading.kinds[at] in "dbwqn" and cue.start - at < 5:
            at -= 1
        linking = at >= 0 and reading.kinds[at] in "av" and reading.words[at] in lists["linking"]
        if not linking:
            continue
        yield from spoken_of(reading, "quality", cue, at)


@sentence_function
def trait(reading: Reading) -> Iterator[tuple[int, Vote]]:
    """ "The mayor's hypocrisy"."""
    for cue in reading.frame("traits"):
        owner = reading.owner(cue.start)
        if owner is not None:
            holder = speaker(reading, cue.start)
            rule = "trait" if holder != "author" else "trait_by_author"
            for party, label in toward(reading, [Place(owner.start, owner.end)], cue.entry.label):
                who = _as_seen(reading, holder, party)
                if who == "self":
                    continue
                yield party, judged(rule, cue, label, who, reading.said(cue.start, cue.end), None)


@sentence_function
def deed(reading: Reading) -> Iterator[tuple[int, Vote]]:
    """ "The mayor lied", in the mouth of a speaker or the writer."""
    for cue in reading.frame("deeds"):
        # "Called on X to do the right thing" says nothing of what X does.
        asked = cue.start and reading.words[cue.start - 1] == "to"
        active = not asked and voice(reading, cue) not in ("passive", "reduced")
        if reading.kinds[cue.start] in "vambn" and active:
            yield from spoken_of(reading, "deed", cue, cue.start)


@sentence_function
def demand(reading: Reading) -> Iterator[tuple[int, Vote]]:
    """ "The mayor must resign"."""
    for cue in reading.frame("demands"):
        back = skip_back(reading, cue.start - 1, "bn")
        has_to = reading.words[back] == "to" and back and reading.words[back - 1] in _HAS_TO
        if back >= 0 and (has_to or reading.words[back] in _MUST):
            yield from spoken_of(reading, "demand", cue, cue.start)
        elif reading.kinds[cue.start] not in "dsp":
            yield from _demanded(reading, cue)


def _demanded(reading: Reading, cue: Cue) -> Iterator[tuple[int, Vote]]:
    """ "Demanded that the mayor resign", "wants the mayor to resign"."""
    last = cue.start - 1 - (reading.words[cue.start - 1 : cue.start] == ("to",))
    if last < 0 or reading.kinds[last] not in "xwg)":
        return
    found = phrase_before(reading, last, cue.start)
    verb = found.start - 1 - (reading.words[found.start - 1 : found.start] == ("that",))
    if verb >= 0 and reading.words[verb] in reading.lexicon.words.lists["demanding"]:
        who = subject(reading, verb)
        places = objects(reading, found.start, cue.start)
        yield from cast(reading, "demand", cue, places, who)


@sentence_function
def clause(reading: Reading) -> Iterator[tuple[int, Vote]]:
    """ "The allegation that the mayor stole": toward the subject of what is alleged."""
    for cue in reading.frame("clauses"):
        if reading.words[cue.end : cue.end + 1] == ("that",):
            places = [p for p in objects(reading, cue.end + 1) if p.role != "modifier"][:1]
            found = subject(reading, cue.start) if reading.kinds[cue.start] == "v" else None
            holder = None if found else reading.owner(cue.start) or agent(reading, cue.end)
            yield from cast(reading, "clause", cue, places, found, holder or None)


@sentence_function
def mutual(reading: Reading) -> Iterator[tuple[int, Vote]]:
    """ "Tarn and Orlev fought": each toward the other."""
    for cue in reading.frame("mutual"):
        found = subject(reading, cue.start)
        if found is None or reading.kinds[cue.start] != "v":
            continue
        if reading.kinds[cue.end : cue.end + 1] not in tuple(".,p:"):
            continue
        sides = [p for p in objects(reading, found.start, cue.start) if p.end <= cue.start]
        if len(sides) == 2:
            for one, other in (sides, sides[::-1]):
                holder = Subject(other.start, other.end, cue.start)
                yield from cast(reading, "mutual", cue, [one], found, holder)


def spoken_of(reading: Reading, rule: str, cue: Cue, verb: int) -> Iterator[tuple[int, Vote]]:
    """Votes on the subject of what is said; who says it holds it."""
    found = subject(reading, verb)
    taken = taken_away(reading, cue.start, found)
    holder = speaker(reading, cue.start)
    rule = rule if holder != "author" or rule == "quality" else f"{rule}_by_author"
    words = reading.said(cue.start, cue.end)
    for party, label in toward(reading, subjects(reading, found), cue.entry.label):
        who = _as_seen(reading, holder, party)
        if who == "self":
            continue
        turned = taken is not None and taken[0] == "denied" and not cue.entry.withheld
        if taken and turned and rule.startswith(_TURNING):
            said = f"{taken[1]} {words}"
            yield party, Vote(rule, OTHER[label], who, said, f"not {cue.entry.lemma}")
        else:
            yield party, judged(rule, cue, label, who, words, taken)


def speaker(reading: Reading, at: int) -> Subject | str | None:
    """Who says the words at ``at``; the writer where nobody is quoted."""
    found = speaker_at(reading, at)
    if found is not None:
        return found
    return None if reading.quoted(at) else "author"


def _as_seen(reading: Reading, holder: Subject | str | None, party: int) -> Holder:
    return holder_of(reading, holder, party) if isinstance(holder, Subject) else holder


def _quality(reading: Reading, found: tuple[Cue, ...], after: int, reach: int) -> Cue | None:
    """The first quality within reach, in the same clause."""
    for cue in found:
        if after <= cue.start < after + reach:
            between = reading.kinds[after : cue.start] + reading.kinds[cue.start].replace("v", "o")
            return None if set(between) & set(".ov") else cue
    return None
