"""The stance lexicon: words, the forms that they take, and how they meet their target."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from stance.schema.nouns import InputError, Label

LEXICON = Path(__file__).with_name("lexicon.yaml")
#: How an entry meets its target.
Frame = Literal["active", "passive", "reach", "compound", "prefix"]
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Entry:
    """A word in one of its forms (lower case), the stance that it carries, and its frame."""

    words: tuple[str, ...]
    label: Label
    frame: Frame
    lemma: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All forms by frame and first word, and the words that take a stance away."""

    entries: dict[tuple[Frame, str], tuple[Entry, ...]]
    negations: frozenset[str]
    refusals: tuple[tuple[str, ...], ...]
    hypotheticals: tuple[tuple[str, ...], ...]

    def starting(self, frame: Frame, word: str) -> tuple[Entry, ...]:
        """Entries of a frame whose first word is ``word``, the longest first."""
        return self.entries.get((frame, word), ())


@cache
def load_lexicon(path: Path = LEXICON) -> Lexicon:
    """Read a lexicon; :class:`InputError` names what is wrong with it."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise InputError(f"lexicon {path}: {' '.join(str(error).split())}") from error
    found: dict[tuple[Frame, str], list[Entry]] = {}
    labels: tuple[Label, ...] = ("support", "opposition")
    for label in labels:
        for entry in _entries(label, data[label]):
            found.setdefault((entry.frame, entry.words[0]), []).append(entry)
    return Lexicon(
        {key: tuple(sorted(v, key=lambda e: -len(e.words))) for key, v in found.items()},
        frozenset(data["negations"]),
        _phrases(data["refusals"]),
        _phrases(data["hypotheticals"]),
    )


def _entries(label: Label, section: dict[str, Any]) -> list[Entry]:
    found: list[Entry] = []
    for lemma in section["verbs"]:
        head, *rest = lemma.split()
        for form in (head, *_inflected(head)):
            found.append(Entry((form, *rest), label, "active", lemma))
        found.append(Entry((_past(head), *rest), label, "passive", lemma))
    for lemma, (past, participle, ing) in section["irregular"].items():
        head, *rest = lemma.split()
        forms = (lemma, " ".join([_third(head), *rest]), past, ing)
        found += [Entry(tuple(form.split()), label, "active", lemma) for form in forms]
        found.append(Entry(tuple(participle.split()), label, "passive", lemma))
    for kind in ("prepositional", "nouns", "adjectives"):
        found += [Entry(tuple(p.split()), label, "reach", p) for p in section[kind]]
    for kind, frame in (("compounds", "compound"), ("prefixes", "prefix")):
        for word in section[kind]:
            found.append(Entry((word,), label, frame, word))  # type: ignore[arg-type]
    return found


def _inflected(verb: str) -> tuple[str, str, str]:
    return _third(verb), _past(verb), _ing(verb)


def _third(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return _doubled(verb) + "ed"


def _ing(verb: str) -> str:
    return (verb[:-1] if verb.endswith("e") else _doubled(verb)) + "ing"


def _doubled(verb: str) -> str:
    """The last consonant doubles after a single short vowel: ban, banned; expel, expelled."""
    short = len(verb) <= 4 or verb.endswith(("pel", "mit", "bet"))
    closed = verb[-1] not in _VOWELS + "wxy" and verb[-2] in _VOWELS
    return verb + verb[-1] if short and closed and verb[-3:-2] not in _VOWELS else verb


def _phrases(items: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(item.split()) for item in items)
