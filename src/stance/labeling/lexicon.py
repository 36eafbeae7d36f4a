"""The stance lexicon: words, the forms that they take, and how they meet their target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from stance.labeling.inflection import Form, plural
from stance.labeling.words import Words, load_words
from stance.labeling.yamlfile import Step, YamlFile
from stance.schema.nouns import Label

LEXICON = Path(__file__).with_name("lexicon.yaml")
#: How an entry meets its target; lexicon.yaml says what each of them means.
Frame = Literal[
    "verbs",
    "nouns",
    "acts",
    "agents",
    "adjectives",
    "compounds",
    "prefixes",
    "deeds",
    "qualities",
    "traits",
    "demands",
    "clauses",
    "mutual",
    "naming",
]
FRAMES: tuple[Frame, ...] = get_args(Frame)
#: Lists that stand beside the registers.
LISTS = ("naming", "withheld", "refusals", "hypotheticals", "reversals", "remove")
#: A gap of up to this many words in a phrase, written ``~``.
GAP, GAP_WORDS = "~", 4
#: "Be" has more forms than other verbs.
_BE = ("be", "is", "are", "was", "were", "been", "being", "'s", "'re", "'m")
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase in one of its forms (lower case), its stance, and how it meets its target.

    ``lemma`` is how the lexicon writes it; ``forms`` are those of its verb that look like this;
    ``prepositions`` lead a noun or an adjective to its target. ``withheld``: where the stance is
    denied, the target is opposed.
    """

    words: Phrase
    label: Label
    frame: Frame
    lemma: str
    register: str = ""
    forms: frozenset[Form] = frozenset()
    prepositions: frozenset[str] = frozenset()
    withheld: bool = False


@dataclass(slots=True)
class Lexicon:
    """Entries by their first word, the longest first, and the phrases that take a stance away."""

    words: Words
    #: Forms of the verbs, those without a stance among them.
    verbs: dict[str, frozenset[Form]] = field(default_factory=dict)
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    phrases: dict[str, dict[str, list[Phrase]]] = field(default_factory=dict)

    def starting(self, word: str) -> Sequence[Entry]:
        """Entries whose first word is ``word``."""
        return self.entries.get(word, ())

    def lemmas(self) -> frozenset[tuple[Frame, str]]:
        """What a linguist would count: each entry once, whatever its forms."""
        return frozenset((e.frame, e.lemma) for found in self.entries.values() for e in found)

    def phrase_at(self, kind: str, words: Sequence[str], at: int) -> int:
        """Where a phrase of a list that begins at ``at`` ends, or -1."""
        for phrase in self.phrases[kind].get(words[at], ()):
            end = phrase_end(phrase, words, at)
            if end >= 0:
                return end
        return -1


def phrase_end(phrase: Phrase, words: Sequence[str], at: int) -> int:
    """The place after ``phrase`` if it stands at ``at``, else -1; a gap takes what it must."""
    here = at
    for number, word in enumerate(phrase):
        if word == GAP:
            rest = phrase[number + 1 :]
            for skip in range(1, GAP_WORDS + 1):
                end = phrase_end(rest, words, here + skip)
                if end >= 0:
                    return end
            return -1
        if here >= len(words) or words[here] != word:
            return -1
        here += 1
    return here


@cache
def load_lexicon(*extra: Path, path: Path = LEXICON) -> Lexicon:
    """The lexicon with further files after it; :class:`InputError` names file, line and fault."""
    words = load_words()
    files = [YamlFile(file) for file in (path, *extra)]
    for file in files:
        _check(file)
    removed = {lemma for file in files for lemma in file.value.get("remove", ())}
    withheld = {lemma for file in files for lemma in file.value.get("withheld", ())}
    found: dict[tuple[Frame, Phrase, frozenset[str]], Entry] = {}
    for file in files:
        for register, label, frame, lemma in _lemmas(file):
            if lemma not in removed:
                for entry in _entries(lemma, frame, words, label, register, withheld):
                    found[entry.frame, entry.words, entry.prepositions] = entry
    lexicon = Lexicon(words, dict(words.verbs))
    for entry in found.values():
        if entry.forms:
            head = entry.words[0]
            lexicon.verbs[head] = lexicon.verbs.get(head, frozenset()) | entry.forms
        lexicon.entries.setdefault(entry.words[0], []).append(entry)
    for entries in lexicon.entries.values():
        entries.sort(key=lambda e: -len(e.words))
    for kind in ("refusals", "hypotheticals", "reversals"):
        lexicon.phrases[kind] = _phrases(files, kind, words)
    return lexicon


def _lemmas(file: YamlFile) -> Iterator[tuple[str, Label, Frame, str]]:
    """Register, label, frame and lemma of everything in a file."""
    for register, section in file.value.items():
        if register == "naming":
            yield from (("", "neutral", "naming", lemma) for lemma in section)
        elif register not in LISTS:
            for label, frames in section.items():
                for frame, lemmas in frames.items():
                    yield from ((register, label, frame, lemma) for lemma in lemmas)


def _entries(
    lemma: str, frame: Frame, words: Words, label: Label, register: str, withheld: set[str]
) -> Iterator[Entry]:
    *phrase, last = lemma.split()
    prepositions: frozenset[str] = frozenset()
    if frame in ("nouns", "adjectives"):
        prepositions = frozenset(last.split("|"))
    else:
        phrase.append(last)
    bare = " ".join(phrase)
    due = bool({bare, *(f"{bare} {p}" for p in prepositions)} & withheld)
    for variant, forms in _variants(tuple(phrase), frame, words).items():
        yield Entry(variant, label, frame, lemma, register, frozenset(forms), prepositions, due)


def _variants(phrase: Phrase, frame: Frame, words: Words) -> dict[Phrase, set[Form]]:
    """The phrase in the forms that its frame lets it take."""
    if frame in ("verbs", "deeds", "mutual", "naming", "clauses"):
        return _conjugated(phrase, words)
    if frame in ("nouns", "acts", "agents", "traits", "qualities"):
        *before, noun = phrase
        if frame == "nouns":
            noun, *after = phrase
            return {phrase: set(), (plural(noun), *after): set()}
        return {phrase: set(), (*before, plural(noun)): set()}
    return {phrase: set()}


def _conjugated(phrase: Phrase, words: Words) -> dict[Phrase, set[Form]]:
    verb, *after = phrase
    found: dict[Phrase, set[Form]] = {}
    for name, form in words.inflection.forms(verb):
        found.setdefault((form, *after), set()).add(name)
    if verb == "be":
        found |= {(form, *after): {"third"} for form in _BE}
    return found


def _phrases(files: Sequence[YamlFile], kind: str, words: Words) -> dict[str, list[Phrase]]:
    found: dict[str, list[Phrase]] = {}
    for file in files:
        for lemma in file.value.get(kind, ()):
            for phrase in _conjugated(tuple(lemma.split()), words):
                found.setdefault(phrase[0], []).append(phrase)
    return {first: sorted(some, key=len, reverse=True) for first, some in found.items()}


def _check(file: YamlFile) -> None:
    """Raise the first fault."""
    if not isinstance(file.value, dict):
        raise file.fault("a lexicon holds registers (courts: …) and lists (refusals: …)")
    seen: dict[tuple[str, str], tuple[str, tuple[Step, ...]]] = {}
    for register, section in file.value.items():
        if register in LISTS:
            _check_words(file, section, (register,))
            continue
        if not isinstance(section, dict):
            raise file.fault(f"register {register!r} needs support: or opposition:", register)
        for label, frames in section.items():
            place: tuple[Step, ...] = (register, label)
            if label not in ("support", "opposition") or not isinstance(frames, dict):
                raise file.fault(f"{label!r}; write support: or opposition:, then frames", *place)
            for frame, lemmas in frames.items():
                _check_frame(file, frame, lemmas, (*place, frame))
                for number, lemma in enumerate(lemmas):
                    here = (*place, frame, number)
                    if (frame, lemma) in seen:
                        at = file.at(*seen[frame, lemma][1])
                        raise file.fault(f"{lemma!r} of {frame} stands at {at} already", *here)
                    seen[frame, lemma] = (label, here)


def _check_frame(file: YamlFile, frame: str, lemmas: Any, place: tuple[Step, ...]) -> None:
    if frame not in FRAMES or frame == "naming":
        known = ", ".join(f for f in FRAMES if f != "naming")
        raise file.fault(f"frame {frame!r}; there are {known}", *place)
    _check_words(file, lemmas, place)
    for number, lemma in enumerate(lemmas):
        if frame in ("nouns", "adjectives") and not _reaches(lemma):
            raise file.fault(
                f"{lemma!r} needs a preposition that leads to the target: {lemma} of|for",
                *place,
                number,
            )


def _reaches(lemma: str) -> bool:
    return len(lemma.split()) > 1 and all(
        load_words().kinds.get(word) == "p" for word in lemma.split()[-1].split("|")
    )


def _check_words(file: YamlFile, lemmas: Any, place: tuple[Step, ...]) -> None:
    if not isinstance(lemmas, list):
        raise file.fault("needs a list: [one, two]", *place)
    for number, lemma in enumerate(lemmas):
        if not isinstance(lemma, str) or not lemma or lemma != " ".join(lemma.lower().split()):
            raise file.fault(f"{lemma!r} is no lower-case word or phrase", *place, number)
