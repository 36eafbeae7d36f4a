"""Short forms: what a party is called once an article has introduced it.

"The Renewal Front" and "the front" after the National Renewal Front, "the ministry" after the
Interior Ministry, "the mayor" after Mayor Calder, "HWU" after "(HWU)", and pronouns if asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from stance.parties import grammar
from stance.parties.names import bare, short_forms
from stance.schema.nouns import Party

if TYPE_CHECKING:
    from stance.parties.matcher import Found

#: How many sentences a description or a pronoun may look back.
DESCRIPTION_REACH, PRONOUN_REACH = 10, 1
_STATE_WORDS = "country government kingdom republic"
#: Any state named nearby might be meant: they need it to be the only one.
_STATE_NOUNS = frozenset(_STATE_WORDS.split())
_KIND_NOUNS: dict[str, str] = {
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
    r"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Ii]ts own|[Hh]er own|[Hh]is own) "
    r"((?:prime|foreign|interior|vice|attorney) )?([A-Za-z][a-z-]*[a-z])\b(?! of [A-Z])(?!-)"
)
_ACRONYM_AFTER = re.compile(r" \((?:the )?([A-Z][A-Za-z]{0,2}[A-Z]{1,5})\)")
_FIRST_OF_OTHER = re.compile(r" [A-Z]")
_TITLE_WORD = re.compile(r"(\w+),? $")
_PRONOUN = re.compile(
    r"\b([Hh]e|[Ss]he|[Hh]im|[Hh]er|[Hh]is|[Ii]t|[Ii]ts|[Tt]hey|[Tt]hem|[Tt]heir)\b"
)
_PERSONAL = frozenset({"he", "she", "him", "her", "his"})


class Shorts:
    """Finds short forms of parties that the article's names have introduced."""

    def __init__(self, parties: Mapping[str, Party], surfaces: Container[str]) -> None:
        self.parties = parties
        self._surfaces = surfaces
        self._forms: dict[str, tuple[str, ...]] = {}
        self._nouns: dict[str, frozenset[str]] = {}

    def add(
        self, text: str, starts: list[int], found: list[Found], pronouns: bool = False
    ) -> list[Found]:
        """The findings with those of the short forms, in order; ``starts`` of the sentences."""
        introduced: dict[str, int] = {}
        for item in found:
            if item.reason in (None, "place", "dateline") and item.rule not in (
                "demonym",
                "compound",
            ):
                introduced.setdefault(item.party, item.end)
        if not introduced:
            return found
        taken = _Taken(found)
        for item in self._short_names(text, introduced, found):
            taken.add(item)
        roles = self._roles(text, taken.items)
        for item in self._descriptions(text, starts, introduced, roles, taken):
            taken.add(item)
        if pronouns:
            for item in self._pronouns(text, starts, taken):
                taken.add(item)
        return taken.items

    def forms(self, party: Party) -> tuple[str, ...]:
        """The capitalised short forms of a party's name, longest first."""
        if party.id not in self._forms:
            found = {
                form
                for name in (party.name, *party.aliases)
                for form in short_forms(party.kind, bare(name))
                if form not in self._surfaces and form[-1].isalnum() and form[0].isupper()
            }
            self._forms[party.id] = tuple(sorted(found, key=len, reverse=True))
        return self._forms[party.id]

    def nouns(self, party: Party) -> frozenset[str]:
        """The common nouns that describe a party, in small letters."""
        if party.id not in self._nouns:
            words = set(_KIND_NOUNS.get(party.kind, "").split())
            if party.kind == "office":
                words |= {role for role in _OFFICES if party.name.lower().endswith(role)}
            elif party.kind not in ("person", "state", "place"):
                head = bare(party.name).partition(" of ")[0].partition(" for ")[0].split()[-1]
                if " " in bare(party.name) and head[0].isupper():
                    words |= {head.lower(), _MEMBERS.get(head, head.lower())}
                # The Teachers' Congress: "the teachers".
                words |= {member.lower() for member in _OWN_MEMBERS.findall(bare(party.name))}
            self._nouns[party.id] = frozenset(words)
        return self._nouns[party.id]

    def _short_names(
        self, text: str, introduced: Mapping[str, int], found: list[Found]
    ) -> Iterator[Found]:
        from stance.parties.matcher import Found

        owners: dict[str, list[str]] = {}
        for party in introduced:
            for form in self.forms(self.parties[party]):
                owners.setdefault(form, []).append(party)
        for item in found:
            if item.reason is None and (brackets := _ACRONYM_AFTER.match(text, item.end)):
                owners.setdefault(brackets[1], [item.party])
        for form in sorted(owners, key=len, reverse=True):
            parties = owners[form]
            since = min(introduced[party] for party in parties)
            for start in _places(text, form, since):
                end = start + len(form)
                if self.parties[parties[0]].kind == "person" and _FIRST_OF_OTHER.match(text, end):
                    continue
                reason = "ambiguous" if len(parties) > 1 else None
                yield Found(start, end, parties[0], "short", reason)

    def _roles(self, text: str, found: Iterable[Found]) -> dict[str, set[str]]:
        """What persons are called beside their names: "Mayor Calder", "Calder, the mayor"."""
        roles: dict[str, set[str]] = {}
        for item in found:
            if item.reason or self.parties[item.party].kind != "person":
                continue
            words: set[str] = set()
            if title := grammar.TITLE_BEFORE.search(text[max(0, item.start - 40) : item.start]):
                words |= {title[1].lower(), title[1].lower().split()[-1]}
            elif role := _TITLE_WORD.search(text[max(0, item.start - 20) : item.start]):
                words |= {role[1].lower()} & grammar.ROLES
            if after := grammar.ROLE_AFTER.match(text, item.end):
                words |= set(after[1].split()) & grammar.ROLES
            if words:
                roles.setdefault(item.party, set()).update(words)
        return roles

    def _descriptions(
        self,
        text: str,
        starts: list[int],
        introduced: Mapping[str, int],
        roles: Mapping[str, set[str]],
        taken: _Taken,
    ) -> Iterator[Found]:
        from stance.parties.matcher import Found

        fitting: dict[str, set[str]] = {}
        for party in introduced:
            for noun in self.nouns(self.parties[party]) | roles.get(party, set()):
                fitting.setdefault(noun, set()).add(party)
        # A role that nobody was seen in is the only person's who has been named of late.
        persons = {party for party in introduced if self.parties[party].kind == "person"}
        for match in _DESCRIPTION.finditer(text):
            noun, end = match[2].lower(), match.end(2)
            if match[1]:
                noun = f"{match[1]}{noun}"
            parties = fitting.get(noun)
            alone = not parties and noun in _OFFICES and not text.startswith(" of ", end)
            if alone:
                parties = persons
            if not parties or taken.at(match.start(), end):
                continue
            if text[end : end + 2].strip()[:1].isupper() or (
                text.startswith(", ", match.start() - 2) and taken.ends(match.start() - 2)
            ):
                continue
            sole = alone or noun in _STATE_NOUNS
            near = taken.last(match.start(), parties, starts, DESCRIPTION_REACH, only=sole)
            if near:
                yield Found(match.start(), end, near, "description")

    def _pronouns(self, text: str, starts: list[int], taken: _Taken) -> Iterator[Found]:
        from stance.parties.matcher import Found

        persons = {p for p, party in self.parties.items() if party.kind == "person"}
        others = set(self.parties) - persons
        for match in _PRONOUN.finditer(text):
            word = match[1].lower()
            fitting = persons if word in _PERSONAL else others
            if taken.at(*match.span()):
                continue
            near = taken.last(match.start(), fitting, starts, PRONOUN_REACH, only=True)
            if near:
                yield Found(match.start(), match.end(), near, "pronoun")


class _Taken:
    """The findings so far, in order, and questions about them."""

    def __init__(self, items: Iterable[Found]) -> None:
        self.items = list(items)

    def at(self, start: int, end: int) -> bool:
        """Whether a mention overlaps ``[start, end)``; what was left out takes no place."""
        where = bisect_right(self.items, (end,))
        near = self.items[max(0, where - 3) : where]
        return any(item.end > start for item in near if item.reason is None)

    def ends(self, at: int) -> bool:
        """Whether a finding ends there: what follows a comma is its apposition."""
        where = bisect_right(self.items, (at,))
        return where > 0 and self.items[where - 1].end == at

    def add(self, item: Found) -> None:
        """Put a finding in its place, unless the place is taken."""
        if not self.at(item.start, item.end):
            self.items.insert(bisect_right(self.items, item[:2]), item)

    def last(
        self, before: int, parties: set[str], starts: list[int], reach: int, only: bool = False
    ) -> str | None:
        """The last of ``parties`` mentioned before a place, no more than ``reach`` sentences back;
        with ``only``, nothing if there are several.
        """
        sentence = bisect_right(starts, before) - 1
        since = starts[max(0, sentence - reach)]
        seen: list[str] = []
        for item in reversed(self.items[: bisect_right(self.items, (before,))]):
            if item.start < since:
                break
            if item.reason in (None, "place", "dateline") and item.party in parties:
                seen.append(item.party)
                if not only:
                    break
        return seen[0] if seen and (not only or len(set(seen)) == 1) else None


def _places(text: str, form: str, since: int) -> Iterator[int]:
    """Where a form stands as whole words after ``since``."""
    at = text.find(form, since)
    while at >= 0:
        end = at + len(form)
        if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
            yield at
        at = text.find(form, end)
