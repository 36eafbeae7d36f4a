"""Short forms: what a party is called once an article has introduced it.

"The Renewal Front" after the National Renewal Front, "HWU" after "(HWU)", and what
:mod:`stance.parties.descriptions` finds: "the front", "the mayor", pronouns if asked for.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping

from stance.parties.descriptions import Descriptions
from stance.parties.findings import NAMED, Findings, Found
from stance.parties.names import bare, by_both_ends, in_small_letters, short_forms
from stance.schema.nouns import Party

_ACRONYM_AFTER = re.compile(r" \((?:the )?([A-Z][A-Za-z]{0,2}[A-Z]{1,5})\)")
_FIRST_OF_OTHER = re.compile(r" [A-Z]")


class Shorts:
    """Finds short forms of parties that the article's names have introduced."""

    def __init__(self, parties: Mapping[str, Party], surfaces: Container[str]) -> None:
        self.parties = parties
        self._surfaces = surfaces
        self._forms: dict[str, tuple[str, ...]] = {}
        self._descriptions = Descriptions(parties)

    def add(
        self, text: str, starts: list[int], found: list[Found], pronouns: bool = False
    ) -> list[Found]:
        """The findings with those of the short forms, in order; ``starts`` of the sentences."""
        introduced: dict[str, int] = {}
        for item in found:
            if item.reason in NAMED and item.rule != "demonym":
                introduced.setdefault(item.party, item.end)
        if not introduced:
            return found
        findings = Findings(found)
        for item in self._short_names(text, introduced, found):
            findings.add(item)
        self._descriptions.add(text, starts, introduced, findings)
        if pronouns:
            self._descriptions.add_pronouns(text, starts, findings)
        return findings.items

    def forms(self, party: Party) -> tuple[str, ...]:
        """The short forms of a party's name, longest first; in small letters after "the" alone."""
        if party.id not in self._forms:
            names = [bare(name) for name in (party.name, *party.aliases)]
            capitals = {form for name in names for form in short_forms(party.kind, name)}
            small = {form for name in names for form in in_small_letters(party.kind, name)}
            ends = {form for name in names for form in by_both_ends(party.kind, name)}
            found = {form for form in capitals if form[0].isupper()} | small | ends
            found = {f for f in found if f not in self._surfaces and f[-1].isalnum()}
            self._forms[party.id] = tuple(sorted(found, key=len, reverse=True))
        return self._forms[party.id]

    def _short_names(
        self, text: str, introduced: Mapping[str, int], found: list[Found]
    ) -> Iterator[Found]:
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


def _places(text: str, form: str, since: int) -> Iterator[int]:
    """Where a form stands as whole words after ``since``."""
    at = text.find(form, since)
    while at >= 0:
        end = at + len(form)
        if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
            yield at
        at = text.find(form, end)
