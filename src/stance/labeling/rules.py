"""Labeling functions: each looks at a sentence and one target and votes, or abstains."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from stance.labeling.lexicon import Entry, Lexicon
from stance.labeling.reading import BREAKS, Reading
from stance.labeling.votes import Vote

#: How many words may stand between a stance word and its target ("the embattled prime minister").
REACH = 6
#: How many words before a stance word are searched for "not" and "would".
SCOPE = 5
#: Words that may stand between a stance word and its target without cutting them apart.
_AUXILIARIES = frozenset(
    {"is", "are", "was", "were", "be", "been", "being", "gets", "got", "stands", "stood", "get"}
)
_HYPHENS = ("-", "‑", "–")


LabelingFunction = Callable[[Reading, int, Lexicon], Iterator[Vote]]
RULES: dict[str, LabelingFunction] = {}


def labeling_function(function: LabelingFunction) -> LabelingFunction:
    """Register a rule; it yields votes for ``target`` (a party's number), or abstains."""
    RULES[function.__name__] = function
    return function


@labeling_function
def active_verb(reading: Reading, target: int, lexicon: Lexicon) -> Iterator[Vote]:
    """ "The guild praised the mayor": a stance verb with the target as its object."""
    yield from _before(reading, target, lexicon, "active", "active_verb")


@labeling_function
def reaching_phrase(reading: Reading, target: int, lexicon: Lexicon) -> Iterator[Vote]:
    """ "support for the mayor", "voted against the mayor", "critical of the mayor"."""
    yield from _before(reading, target, lexicon, "reach", "reaching_phrase")


@labeling_function
def passive_verb(reading: Reading, target: int, lexicon: Lexicon) -> Iterator[Vote]:
    """ "The mayor was condemned by the guild"."""
    for start, end in reading.parties[target]:
        for at in range(end, min(end + REACH, len(reading.words))):
            if reading.words[at] in BREAKS or reading.party_at(at) is not None:
                break
            auxiliary = any(w in _AUXILIARIES for w in reading.words[end:at])
            for entry in lexicon.starting("passive", reading.words[at]):
                if auxiliary and reading.matches(at, entry.words):
                    holder = _agent(reading, at + len(entry.words))
                    yield _judged(reading, at, entry, holder, lexicon, "passive_verb", start)
                    break


@labeling_function
def compound(reading: Reading, target: int, lexicon: Lexicon) -> Iterator[Vote]:
    """ "Russian-backed rebels" (supported by Russia), "pro-Russian", "anti-Maduro"."""
    words = reading.words
    for start, _ in reading.parties[target]:
        for entry in lexicon.starting("prefix", words[start - 2] if start >= 2 else ""):
            if words[start - 1] in _HYPHENS:
                yield Vote("compound", entry.label, "unnamed", f"{entry.lemma}-")
        for at in range(max(0, start - 3), start):
            holder = reading.party_at(at - 2) if at >= 2 else None
            for entry in lexicon.starting("compound", words[at]):
                if holder is not None and holder != target and words[at - 1] in _HYPHENS:
                    yield Vote("compound", entry.label, holder, f"-{entry.lemma}")


def _before(
    reading: Reading, target: int, lexicon: Lexicon, frame: str, rule: str
) -> Iterator[Vote]:
    """Votes of stance words that stand before the target and reach it."""
    for start, _ in reading.parties[target]:
        for at in range(start - 1, max(-1, start - REACH - 1), -1):
            word = reading.words[at]
            entry = _entry_at(reading, at, lexicon, frame, start)
            if entry is not None:
                holder = _subject(reading, at, target)
                yield _judged(reading, at, entry, holder, lexicon, rule, start)
                break
            if _other_object(reading, at, target):
                break
            coordinated = word in {",", "and"} and _listed(reading, at, start)
            if word in BREAKS or (word in {",", "that", "said"} and not coordinated):
                break


def _entry_at(reading: Reading, at: int, lexicon: Lexicon, frame: str, limit: int) -> Entry | None:
    for entry in lexicon.starting(frame, reading.words[at]):  # type: ignore[arg-type]
        end = at + len(entry.words)
        if end > limit or not reading.matches(at, entry.words):
            continue
        # "was praised" is the passive's, "-backed" the compound's.
        passive = frame == "active" and at and reading.words[at - 1] in {*_AUXILIARIES, *_HYPHENS}
        if not passive and "by" not in reading.words[end:limit]:
            return entry
    return None


def _other_object(reading: Reading, at: int, target: int) -> bool:
    """Whether a word names another party that is not in one list with the target."""
    party = reading.party_at(at)
    listed = at + 1 < len(reading.words) and reading.words[at + 1] in {",", "and", "or", "'s"}
    return party not in (None, target) and reading.party_at(at + 1) != party and not listed


def _listed(reading: Reading, at: int, target_start: int) -> bool:
    """Whether the words from a comma or "and" to the target belong to a list of names."""
    return reading.party_at(at - 1) is not None and target_start - at <= 3


def _judged(
    reading: Reading,
    at: int,
    entry: Entry,
    holder: int | str | None,
    lexicon: Lexicon,
    rule: str,
    target_start: int,
) -> Vote:
    """The vote of a stance word, unless something before it takes the stance away."""
    scope_start = max(0, min(at, target_start) if rule == "passive_verb" else at - SCOPE)
    before = reading.words[scope_start:at]
    taken = _takes_away(before, lexicon)
    if taken and entry.words[0] not in lexicon.negations:
        return Vote(rule, "neutral", None, f"{taken} {' '.join(entry.words)}")
    return Vote(rule, entry.label, holder, " ".join(entry.words))


def _takes_away(before: tuple[str, ...], lexicon: Lexicon) -> str | None:
    """The negation, refusal or hypothetical among the words before a stance word."""
    for index, word in enumerate(before):
        if any(later in BREAKS or later == "," for later in before[index:]):
            continue
        if word in lexicon.negations:
            return word
        for phrase in (*lexicon.refusals, *lexicon.hypotheticals):
            if before[index : index + len(phrase)] == phrase:
                return " ".join(phrase)
    return None


def _subject(reading: Reading, at: int, target: int) -> int | str:
    """Whoever is named last before a stance word, in its clause; else somebody unnamed."""
    for index in range(at - 1, -1, -1):
        party = reading.party_at(index)
        if party is not None and party != target:
            return party
        if reading.words[index] == ";":
            break
    return "unnamed"


def _agent(reading: Reading, at: int) -> int | str:
    """The party after "by", within reach."""
    words = reading.words[at : at + REACH]
    if "by" in words:
        for index in range(at + words.index("by"), min(at + REACH + 3, len(reading.words))):
            party = reading.party_at(index)
            if party is not None:
                return party
    return "unnamed"
