"""What is wrong with a list of parties, though it can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stance.parties.names import bare
from stance.schema.nouns import Party

#: Names this short match too much, unless they are acronyms in capitals.
SHORT = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of a list: its kind, the party's id, and the words that say it."""

    kind: str
    party: str
    words: str


def check_parties(parties: Iterable[Party]) -> list[Finding]:
    """Duplicate, ambiguous, too short and unreachable names, and owners that do not exist."""
    everyone = list(parties)
    owners: dict[str, list[Party]] = {}
    for party in everyone:
        for surface in dict.fromkeys(bare(name) for name in _surfaces(party)):
            owners.setdefault(surface, []).append(party)
    ids = {party.id for party in everyone}
    return [finding for party in everyone for finding in _of(party, owners, ids)]


def _of(party: Party, owners: dict[str, list[Party]], ids: set[str]) -> Iterator[Finding]:
    names = [bare(name) for name in _surfaces(party)]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Finding("duplicate", party.id, f"{name!r} stands twice")
    for name in dict.fromkeys(names):
        others = [other.id for other in owners[name] if other.id != party.id]
        if others:
            yield Finding("ambiguous", party.id, f"{name!r} also names {', '.join(others)}")
        if len(name) <= SHORT and not name.isupper():
            yield Finding("too short", party.id, f"{name!r} will match other words")
        if not any(letter.isalnum() for letter in name):
            yield Finding("unreachable", party.id, f"{name!r} holds no letter")
        elif name.islower() and " " not in name:
            yield Finding("too common", party.id, f"{name!r} has no capital: any such word matches")
    refused = [bare(phrase) for phrase in party.not_]
    for name in dict.fromkeys(names):
        if name in refused:
            yield Finding("unreachable", party.id, f"{name!r} also stands under `not`")
    for phrase in refused:
        if not any(name in phrase for name in names):
            yield Finding("idle", party.id, f"`not: {phrase}` holds none of its names")
    if party.part_of and party.part_of not in ids:
        yield Finding("unknown owner", party.id, f"part_of {party.part_of!r} is in no list")


def _surfaces(party: Party) -> Iterator[str]:
    yield party.name
    yield from party.aliases
    yield from party.demonyms
    yield from party.metonyms
