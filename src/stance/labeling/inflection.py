"""The forms of English verbs and nouns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Form = Literal["base", "third", "past", "participle", "ing"]
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Inflection:
    """English by rule; ``irregular`` holds past, participle and maybe the form on -ing."""

    irregular: Mapping[str, Sequence[str]] = field(default_factory=dict)
    doubling: Collection[str] = ()

    def forms(self, verb: str) -> Iterator[tuple[Form, str]]:
        """Each form with its name; a past that is also the participle comes twice."""
        past = self._ed(verb)
        forms = [past, past, self._ing(verb)]
        given = self.irregular.get(verb, ())
        forms[: len(given)] = given
        yield "base", verb
        yield "third", third(verb)
        yield "past", forms[0]
        yield "participle", forms[1]
        yield "ing", forms[2]

    def _ed(self, verb: str) -> str:
        if verb.endswith("e"):
            return verb + "d"
        if verb.endswith("y") and verb[-2] not in _VOWELS:
            return verb[:-1] + "ied"
        return self._doubled(verb) + "ed"

    def _ing(self, verb: str) -> str:
        if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
            return verb[:-1] + "ing"
        return self._doubled(verb) + "ing"

    def _doubled(self, verb: str) -> str:
        """The last consonant doubles after one short vowel that is stressed: ban, banned."""
        if verb in self.doubling:
            return verb + verb[-1]
        one = sum(letter in _VOWELS for letter in verb) == 1
        closed = len(verb) > 2 and verb[-1] not in _VOWELS + "wxy" and verb[-2] in _VOWELS
        return verb + verb[-1] if one and closed else verb


def third(verb: str) -> str:
    """ "condemns", "denies", "attaches"; a noun's plural goes the same way."""
    if verb.endswith("y") and len(verb) > 1 and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    if verb in ("have", "be"):
        return {"have": "has", "be": "is"}[verb]
    hissing = verb.endswith(("s", "sh", "ch", "x", "z"))
    return verb + ("es" if hissing or (verb[-1] == "o" and verb[-2:] != "oo") else "s")


def plural(noun: str) -> str:
    """ "critics", "allies", "foes"."""
    return noun[:-3] + "men" if noun.endswith("man") else third(noun)
