"""Definite descriptions and pronouns: "the ministry", "the mayor", "she", to whom they point."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from stance.parties import grammar
from stance.parties.findings import Findings, Found
from stance.parties.names import bare
from stance.schema.nouns import Party

#: How many sentences a description or a pronoun may look back.
DESCRIPTION_REACH, PRONOUN_REACH = 10, 1
_STATE_WORDS = "country government kingdom republic"
#: Any state named nearby might be meant: they need it to be the only one.
_STATE_NOUNS = frozenset(_STATE_WORDS.split())
_KIND_NOUNS: dict[str, list[str]] = {
    kind: nouns.split()
    for kind, nouns in {
        "state": _STATE_WORDS,
        "place": "town city village municipality council",
        "government": "government administration",
        "ministry": "ministry",
        "company": "company firm group maker manufacturer supplier operator developer retailer lender "
        "producer builder carrier airline",
        "party": "party",
        "union": "union",
        "court": "court",
        "media": "paper newspaper station channel broadcaster",
        "organisation": "organisation organization body agency",
        "group": "group militia militants fighters gunmen",
        "club": "club team side",
        "charity": "charity group",
    }.items()
}
#: Offices that an article gives its one person without saying so first.
_OFFICES = frozenset(
    {
        "president",
        "premier",
        "prime minister",
        "governor",
        "mayor",
        "rector",
        "director",
        "chancellor",
    }
)
_MEMBERS = {"Council": "councillors", "Court": "judges", "Union": "strikers", "Senate": "senators"}
_OWN_MEMBERS = re.compile(r"\b(\w+s)'(?= )")
_DESCRIPTION = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Tt]hat(?! the )|[Ii]ts own|[Hh]er own|[Hh]is own) "
    r"(?:(?:former|outgoing|departing|ousted|embattled|retired|late|jailed|exiled|defeated) )?"
    r"((?:prime|foreign|interior|vice|attorney) )?([A-Za-z][a-z-]*[a-z])\b(?! of [A-Z])(?!-)"
)
#: "Calder, the long-serving mayor of Wyke," and "the Altyn Array, an observatory in the hills,".
_APPOSED = re.compile(
    r", (?:who is )?(?:the|an?|its|their|his|her) (?:[a-z-]+ ){0,3}?([a-z-]{4,})"
    r"(?=[,.;:]| (?:of|for|in|at|on|who|whose|which|that|from|with|since)\b)"
)
#: "Aune's cabinet": whose cabinet it is heads it.
_IN_OFFICE = re.compile(
    r" (?:is|was|remains|became|becomes|as|took over as|was elected) (?:the )?(\w+)"
)
_HEADS_AFTER = re.compile(
    r"'s (?:\w+ )?(?:cabinet|coalition|government|administration|ministers)\b"
)
_HEAD_ROLES = frozenset({"prime minister", "premier", "president", "chancellor"})
_NO_NOUNS = frozenset("last first next only same other latter former best most least more".split())
_TITLE_WORD = re.compile(r"(\w+),? $")
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
        persons = {
            party
            for party in introduced
            if self.parties[party].kind == "person" and not roles.get(party)
        }
        for match in _DESCRIPTION.finditer(text):
            noun, end = match[2].lower(), match.end(2)
            if match[1]:
                noun = f"{match[1]}{noun}"
            parties = fitting.get(noun)
            alone = not parties and noun in _OFFICES and not text.startswith(" of ", end)
            if alone:
                parties = persons
            if not parties or findings.taken(match.start(), end):
                continue
            if text[end : end + 2].strip()[:1].isupper() or _apposition(
                text, match.start(), end, parties, findings
            ):
                continue
            sole = alone or noun in _STATE_NOUNS
            near = findings.last(match.start(), parties, starts, DESCRIPTION_REACH, only=sole)
            if near:
                findings.add(Found(match.start(), end, near, "description"))

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
            for noun in _KIND_NOUNS.get(self.parties[party].kind, ()):
                kinds.setdefault(noun, set()).add(party)
        return kinds | own

    def nouns(self, party: Party) -> frozenset[str]:
        """The common nouns that a party's name gives it, in small letters."""
        if party.id not in self._nouns:
            self._nouns[party.id] = frozenset(_nouns(party))
        return self._nouns[party.id]

    def _roles(self, text: str, found: Iterable[Found]) -> dict[str, set[str]]:
        """What parties are called beside their names: "Mayor Calder", "Calder, the mayor"."""
        roles: dict[str, set[str]] = {}
        for item in found:
            if item.reason:
                continue
            words = {noun} if (noun := _apposed(text, item.end)) else set()
            if self.parties[item.party].kind == "person":
                words |= _roles_beside(text, item.start, item.end)
            if words:
                roles.setdefault(item.party, set()).update(words)
        return roles


def _nouns(party: Party) -> Iterator[str]:
    """The last noun of its name, its members, the title before a person's name."""
    name = bare(party.name)
    if party.kind == "person" and (title := grammar.TITLED.match(name)):
        yield from _role_words(title[1])
    elif party.kind == "office":
        yield from (role for role in _OFFICES if name.lower().endswith(role))
    elif party.kind not in ("person", "state", "place"):
        head = name.partition(" of ")[0].partition(" for ")[0].split()[-1]
        if " " in name and head[0].isupper():
            yield head.lower()
            yield _MEMBERS.get(head, head.lower())
        # The Teachers' Congress: "the teachers".
        yield from (member.lower() for member in _OWN_MEMBERS.findall(name))


def _roles_beside(text: str, start: int, end: int) -> set[str]:
    """The roles that the words right before and after a person's name give."""
    words: set[str] = set()
    if title := grammar.TITLE_BEFORE.search(text[max(0, start - 40) : start]):
        words |= _role_words(title[1])
    elif role := _TITLE_WORD.search(text[max(0, start - 20) : start]):
        words |= {role[1].lower()} & grammar.ROLES
    if after := grammar.ROLE_AFTER.match(text, end):
        words |= set(after[1].split()) & grammar.ROLES
    if office := _IN_OFFICE.match(text, end):
        words |= {office[1]} & grammar.ROLES
    if _HEADS_AFTER.match(text, end):
        words |= _HEAD_ROLES
    return words


def _role_words(title: str) -> set[str]:
    """ "Prime Minister" is called "the prime minister" and "the minister"."""
    return {title.lower(), title.lower().split()[-1]}


def _apposed(text: str, end: int) -> str | None:
    """The noun that an apposition right after a name gives it."""
    after = _APPOSED.match(text, end)
    return after[1] if after and after[1] not in _NO_NOUNS else None


def _apposition(text: str, start: int, end: int, parties: set[str], findings: Findings) -> bool:
    """Whether a description only says what the party before the comma is."""
    if not text.startswith(", ", start - 2) or text.startswith("'s", end):
        return False
    return findings.ending(start - 2) in parties
