"""Change a marked sentence by program in a way that must not, or must, matter.

Every operation takes a sentence, the cast and a random generator, and gives the changed sentence
with the parties that stand where others stood, or ``None`` where it does not apply.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from stance.corpora.markup import MARK
from stance.evaluation.behaviour.sentences import Marked, Member

Cast = dict[str, Member]
Changed = tuple[str, dict[str, str]] | None
"""The new text with its marks, and old party → the party in its place."""
Operation = Callable[[Marked, Cast, random.Random], Changed]

CITY = "city"
#: Words this long can bear a typing error and still be read.
LONG_WORD = re.compile(r"\b[a-z]{6,}\b")
DATELINES = ("LISBON (Coast Wire) — ", "RIGA, June 3 — ", "By our correspondent: ", "NAIROBI | ")


def swap_party(sentence: Marked, cast: Cast, rng: random.Random) -> Changed:
    """Put another party of the same kind in the place of one that is named in full."""
    return _swap(sentence, cast, rng, lambda kind: kind != CITY)


def swap_city(sentence: Marked, cast: Cast, rng: random.Random) -> Changed:
    """Put another city in the place of the one that is named."""
    return _swap(sentence, cast, rng, lambda kind: kind == CITY)


def exchange_roles(sentence: Marked, cast: Cast, rng: random.Random) -> Changed:
    """Let two parties of the same kind change places; both have to be named in full, once."""
    full = _full_names(sentence, cast)
    pairs = [
        (one, other)
        for one in full
        for other in full
        if one < other
        and cast[one].kind == cast[other].kind
        and len(sentence.parties()[one]) == len(sentence.parties()[other]) == 1
    ]
    if sentence.before or not pairs:
        return None
    one, other = rng.choice(pairs)
    places = {one: other, other: one}
    return _renamed(sentence.text, places, cast), places


def misspell(sentence: Marked, cast: Cast, rng: random.Random) -> Changed:
    """Swap two neighbouring letters inside a long word that is no party's name."""
    masked = MARK.sub(lambda match: "#" * len(match[0]), sentence.text)
    words = list(LONG_WORD.finditer(masked))
    if not words:
        return None
    at = rng.choice(words).start() + rng.randrange(1, 4)
    text = sentence.text
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :], {}


def lower_case(sentence: Marked, cast: Cast, rng: random.Random) -> Changed:
    """Write everything small."""
    return _recased(sentence.text, str.lower), {}


def upper_case(sentence: Marked, cast: Cast, rng: random.Random) -> Changed:
    """Write everything in capitals."""
    return _recased(sentence.text, str.upper), {}


def add_dateline(sentence: Marked, cast: Cast, rng: random.Random) -> Changed:
    """Put an agency's dateline before the sentence."""
    return None if sentence.before else (rng.choice(DATELINES) + sentence.text, {})


OPERATIONS: dict[str, Operation] = {
    "party": swap_party,
    "city": swap_city,
    "typo": misspell,
    "lower": lower_case,
    "upper": upper_case,
    "dateline": add_dateline,
    "roles": exchange_roles,
}


def _swap(
    sentence: Marked, cast: Cast, rng: random.Random, wanted: Callable[[str], bool]
) -> Changed:
    full = [party for party in _full_names(sentence, cast) if wanted(cast[party].kind)]
    if sentence.before or not full:
        return None
    old = rng.choice(full)
    named = sentence.parties()
    others = [party for party in cast if cast[party].kind == cast[old].kind and party not in named]
    new = rng.choice(others)
    return _renamed(sentence.text, {old: new}, cast), {old: new}


def _full_names(sentence: Marked, cast: Cast) -> list[str]:
    """The parties that the sentence names by nothing but their full name."""
    return sorted(
        party
        for party, surfaces in sentence.parties().items()
        if set(surfaces) == {cast[party].name}
    )


def _renamed(text: str, places: dict[str, str], cast: Cast) -> str:
    """The text with other parties, by their full names, in the place of those marked."""

    def new(match: re.Match[str]) -> str:
        party = places.get(match[2])
        return match[0] if party is None else f"{{{cast[party].name}|{party}}}"

    return MARK.sub(new, text)


def _recased(text: str, recase: Callable[[str], str]) -> str:
    """Everything in another case but the party ids inside the marks."""
    parts, at = [], 0
    for match in MARK.finditer(text):
        parts += [recase(text[at : match.start()]), f"{{{recase(match[1])}|{match[2]}}}"]
        at = match.end()
    return "".join(parts) + recase(text[at:])
