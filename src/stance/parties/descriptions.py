"""Definite descriptions and pronouns: "the ministry", "the mayor", "she", to whom they point."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from stance.parties.findings import Findings, Found
from stance.parties.grammar import ROLES
from stance.parties.roles import KIND_NOUNS, OFFICES, STATE_NOUNS, name_nouns, roles_beside
from stance.schema.nouns import Party

#: How many sentences a description or a pronoun may look back.
DESCRIPTION_REACH, PRONOUN_REACH = 10, 1
_DESCRIPTION = re.compile(
    r"\b(?:([Ii]ts|[Tt]heir|[Hh]er|[Hh]is)|[Tt]he|[Tt]his|[Tt]hat(?! the )) (?:own )?"
    r"(?:(?:former|outgoing|ousted|embattled|retired|late|jailed|exiled|defeated|deposed|departing|"
    r"sacked|disgraced|self-(?:declared|proclaimed)) )?"
    r"(?:(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+) )?"
    r"((?:prime|foreign|interior|finance|defence|justice|health|chief|vice|deputy|regional|attorney|"
    r"district|special) )?"
    r"([A-Za-z][a-z-]*[a-z])\b(?! of [A-Z])(?!-)"
)
_PRONOUN = re.compile(
    r"\b([Hh]e|[Ss]he|[Hh]im|[Hh]er|[Hh]is|[Ii]t|[Ii]ts|[Tt]hey|[Tt]hem|[Tt]heir)\b"
)
_PERSONAL = frozenset({"he", "she", "him", "her", "his"})


class Descriptions:
    """Finds what points back to parties without a name of theirs."""

    def __init__(self, parties: Mapping[str, Party]) -> None:
        self.parties = parties
        self._nouns: dict[str, frozenset[str]] = {}

    def add(
        self, text: str, starts: list[int], introduced: Collection[str], findings: Findings
    ) -> None:
        """Add the descriptions of ``introduced`` parties to the findings."""
        roles = self._roles(text, findings.items)
        fitting = self._fitting(introduced, roles)
        # A role that nobody was seen in is the only person's without one who was named of late.
        without = {p for p in introduced if self.parties[p].kind == "person" and not roles.get(p)}
        for match in _DESCRIPTION.finditer(text):
            start, end = match.span()
            noun = f"{match[2] or ''}{match[3].lower()}"
            if match[1] and noun not in ROLES | OFFICES:
                continue
            parties = fitting.get(noun)
            alone = not parties and noun in OFFICES and not text.startswith(" of ", end)
            if alone:
                parties = without
            if (
                not parties
                or findings.taken(start, end)
                or _otherwise(text, start, end, parties, findings)
            ):
                continue
            sole = alone or noun in STATE_NOUNS
            if near := findings.last(start, parties, starts, DESCRIPTION_REACH, only=sole):
                findings.add(Found(start, end, near, "description"))

    def add_pronouns(self, text: str, starts: list[int], findings: Findings) -> None:
        """Add the third-person pronouns that only one party of late fits."""
        persons = {p for p, party in self.parties.items() if party.kind == "person"}
        others = set(self.parties) - persons
        for match in _PRONOUN.finditer(text):
            fitting = persons if match[1].lower() in _PERSONAL else others
            if findings.taken(*match.span()):
                continue
            near = findings.last(match.start(), fitting, starts, PRONOUN_REACH, only=True)
            if near:
                findings.add(Found(match.start(), match.end(), near, "pronoun"))

    def _fitting(
        self, introduced: Collection[str], roles: Mapping[str, set[str]]
    ) -> dict[str, set[str]]:
        """Noun → whom it may mean: by name ("the council" of a Council) or role, else by kind."""
        own: dict[str, set[str]] = {}
        kinds: dict[str, set[str]] = {}
        for party in introduced:
            for noun in self.nouns(self.parties[party]) | roles.get(party, set()):
                own.setdefault(noun, set()).add(party)
            for noun in KIND_NOUNS.get(self.parties[party].kind, ()):
                kinds.setdefault(noun, set()).add(party)
        return kinds | own

    def nouns(self, party: Party) -> frozenset[str]:
        """The common nouns that a party's name gives it, in small letters."""
        if party.id not in self._nouns:
            self._nouns[party.id] = frozenset(name_nouns(party))
        return self._nouns[party.id]

    def _roles(self, text: str, found: Iterable[Found]) -> dict[str, set[str]]:
        """What parties are called beside their names: "Mayor Calder", "Calder, the mayor"."""
        roles: dict[str, set[str]] = {}
        for item in found:
            if item.reason:
                continue
            person = self.parties[item.party].kind == "person"
            if words := roles_beside(text, item.start, item.end, person):
                roles.setdefault(item.party, set()).update(words)
        return roles


def _otherwise(text: str, start: int, end: int, parties: set[str], findings: Findings) -> bool:
    """Whether the words belong to a name that follows, or only say what the party before the
    comma is.
    """
    if text[end : end + 2].strip()[:1].isupper():
        return True
    if not text.startswith(", ", start - 2) or text.startswith("'s", end):
        return False
    return findings.ending(start - 2) in parties
