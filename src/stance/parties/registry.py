"""The registry: which parties there are, under which names, and whose part they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from stance.parties.auto import find_parties
from stance.parties.institutions import institutions
from stance.parties.kinds import kind_of
from stance.parties.listing import read_listing
from stance.parties.names import bare
from stance.schema.nouns import Article, InputError, Party

#: The registries that come with the project, by name.
PACKAGED = {"world": Path(__file__).with_name("world.yaml")}
#: The list that is found in the articles themselves.
AUTO = "auto"
PartyList = str | Path | Sequence[str | Path]


class Registry:
    """Parties by id, in the order of their lists; a later entry replaces one of the same id."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self.parties: dict[str, Party] = {party.id: party for party in parties}

    def __iter__(self) -> Iterator[Party]:
        """The parties."""
        return iter(self.parties.values())

    def __len__(self) -> int:
        """How many parties there are."""
        return len(self.parties)

    def __getitem__(self, party_id: str) -> Party:
        """The party of this id."""
        return self.parties[party_id]

    def names(self) -> dict[str, str]:
        """Party id → name."""
        return {party.id: party.name for party in self}

    def owners(self) -> dict[str, str]:
        """Party id → the party that it is part of, at the top of the chain."""
        return {party.id: self._top(party.id) for party in self if party.part_of}

    def _top(self, party_id: str) -> str:
        seen = {party_id}
        while (
            (owner := self.parties[party_id].part_of)
            and owner in self.parties
            and owner not in seen
        ):
            seen.add(owner)
            party_id = owner
        return party_id


def load_registry(
    spec: PartyList, articles: Callable[[], Iterable[Article]] | None = None
) -> Registry:
    """The registry that ``spec`` names: ``world``, a file, a party's name, or a list of these.

    ``auto`` among them stands for the parties that ``articles`` themselves bring.

    A YAML file holds entries with ``id``, ``name``, ``kind``, ``aliases``, ``demonyms``,
    ``metonyms``, ``ambiguous``, ``part_of`` and ``not``; any other file is a plain list, one name
    a line. A party without a kind has the one that its name tells of. Raises :class:`InputError`
    with file and line for what is wrong.
    """
    found: list[Party] = []
    for item in [spec] if isinstance(spec, str | Path) else spec:
        if str(item).strip() == AUTO and articles is not None:
            found += _new(find_parties(articles()), found)
        else:
            found += _parties(item)
    if not found:
        raise InputError("parties: the list is empty; name at least one party")
    return Registry(found)


def _new(candidates: Iterable[Party], known: Sequence[Party]) -> list[Party]:
    """The candidates that no list before them names."""
    surfaces = {bare(name) for party in known for name in (party.name, *party.aliases)}
    surfaces |= {bare(name) for party in known for name in (*party.demonyms, *party.metonyms)}
    return [party for party in candidates if bare(party.name) not in surfaces]


def _parties(item: str | Path) -> Sequence[Party]:
    name = str(item).strip()
    if name == AUTO:
        raise InputError("parties auto: finds names in articles, and there are none here")
    if name in PACKAGED:
        return packaged(name)
    if Path(name).is_file():
        return read_listing(Path(name))
    if re.search(r"[/\\]|\.(ya?ml|txt|csv|json|list)$", name):
        raise InputError(f"parties {name}: no such file")
    if name.islower() and (near := get_close_matches(name, (*PACKAGED, AUTO), cutoff=0.75)):
        raise InputError(f"parties {name}: no such list; is {near[0]} meant?")
    if not name:
        raise InputError("parties: an empty name; give a party's name, a file, or `world`")
    return [Party(name, name, kind_of(name))]


@lru_cache
def packaged(name: str) -> tuple[Party, ...]:
    """A registry that comes with the project, with its states' institutions; read once."""
    parties = [replace(party, listed=False) for party in read_listing(PACKAGED[name])]
    return (*parties, *institutions(parties))


def to_entries(parties: Iterable[Party]) -> list[dict[str, Any]]:
    """Parties as the plain entries of a registry file, without what is empty."""
    rows = []
    for party in parties:
        row: dict[str, Any] = {"id": party.id, "name": party.name, "kind": party.kind}
        for key in ("aliases", "demonyms", "metonyms", "ambiguous"):
            if values := getattr(party, key):
                row[key] = list(values)
        if party.part_of:
            row["part_of"] = party.part_of
        if party.not_:
            row["not"] = list(party.not_)
        rows.append(row)
    return rows
