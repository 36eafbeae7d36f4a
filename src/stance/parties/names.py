"""Every surface a registry gives its parties, and the automaton that finds them all in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from stance.parties.folding import fold
from stance.parties.grammar import TITLES
from stance.schema.nouns import Party

#: Kinds whose names also name where they are.
PLACES = frozenset({"state", "place", "government"})
#: Kinds that act through ministers, armies, envoys.
STATES = frozenset({"state", "government"})
#: Kinds whose members go by its name in the plural ("Democrats").
MEMBERS = frozenset({"party", "union", "group"})
#: Kinds that the news calls by one word of their names.
ONE_WORD = frozenset({"party", "union", "group", "media", "company", "club", "charity"})
#: Kinds whose names the news writes in small letters too ("the electoral commission").
_IN_SMALL_LETTERS = frozenset({"organisation", "ministry", "court"})
_ARTICLE = re.compile(r"^(?:the|The|a|A|an|An) (?=\S)")
_TITLE = re.compile(rf"^(?:{TITLES})\.? (?=[A-Z])")
_SUFFIX = re.compile(r",? (?:Jr|Sr|II|III|IV)\.?$")
_ACRONYM = re.compile(r"^(?:[A-Z0-9]{2,6}\+?|(?:[A-Z]\.){2,6})$")
#: "The Republic of Alta" is called Alta, the Tissot Kingdom Tissot.
_STATE_FORMS = (
    "Republic|Kingdom|State|Federation|Emirate|Sultanate|Principality|Union|Confederation|"
    "Commonwealth|Empire|Crown|(?:Grand |Arch)?[Dd]uchy|Bishopric"
)
STATE_NAME = re.compile(
    rf"^(?:(?:{_STATE_FORMS}|Government|Isles|Islands) of (\w+)|(\w+) (?:{_STATE_FORMS}))$"
)
_FORM_OF = re.compile(rf"^({_STATE_FORMS}) of \w+$")
#: Capitals that are also an English word or more often something else, in a text of capitals.
_CAPITAL_WORDS = frozenset({"US", "IS", "WHO", "IT", "EC", "ICE", "AID", "SAS", "IMF's"})


class Name(NamedTuple):
    """A surface of a party, and how it names it: ``how`` is the rule of its mentions."""

    party: Party
    how: str
    ambiguous: bool = False


#: Words of a longer name that are no name by themselves.
_GENERIC = frozenset(
    "National United New Supreme High Central General International World Global Royal Federal "
    "Public "
    "Free First Great North South East West Northern Southern Eastern Western Green Red Blue White "
    "Black Island Harbour Coastal Lake Civic Popular Social Democratic Workers' People's Students' "
    "Women's Farmers' Mothers Church Order Open Centre Left Right Old Young Two Three Saint St "
    "Santa "
    "San Port Mount Radio Reform Home Coal Bank Labs Systems Resources".split()
)


class Names:
    """Surface → what it may name; one automaton for text as written, one for text in capitals."""

    def __init__(self, parties: Sequence[Party]) -> None:
        found: dict[str, list[Name]] = {}
        for party in parties:
            for surface, name in _names_of(party):
                entries = found.setdefault(surface, [])
                if all(entry.party.id != party.id for entry in entries):
                    entries.append(name)
        _settle(found)
        self.known = frozenset(found)
        _add_short_forms(found, parties)
        self.surfaces = list(found)
        self.entries = list(found.values())
        self._automaton = _Automaton(self.surfaces)
        self._capitals: tuple[_Automaton, list[list[Name]]] | None = None

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """``(entry, start, end)`` of the leftmost longest surfaces in a folded text."""
        return self._automaton.find(text)

    def capitals(self) -> tuple[_Automaton, list[list[Name]]]:
        """The automaton for text in capitals, built when such a text first comes."""
        if self._capitals is None:
            upper: dict[str, list[Name]] = {}
            for surface, entries in zip(self.surfaces, self.entries, strict=True):
                if surface not in _CAPITAL_WORDS:
                    upper.setdefault(surface.upper(), []).extend(entries)
            self._capitals = _Automaton(list(upper)), list(upper.values())
        return self._capitals


class _Automaton:
    """Finds the leftmost longest of many surfaces.

    The library could choose them itself, but would take more than twice the time to be built.
    """

    def __init__(self, surfaces: list[str]) -> None:
        self._all = AhoCorasick(surfaces or ["\1"], store_patterns=False)

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """``(surface, start, end)`` from left to right, none within or across another."""
        found = self._all.find_matches_as_indexes(text, overlapping=True)
        found.sort(key=lambda match: (match[1], -match[2]))
        kept, free = [], 0
        for match in found:
            if match[1] >= free:
                kept.append(match)
                free = match[2]
        return kept


def bare(name: str) -> str:
    """A name as it is looked for: folded, without its article."""
    return _ARTICLE.sub("", fold(name).strip())


def _names_of(party: Party) -> Iterator[tuple[str, Name]]:
    doubtful = frozenset(party.ambiguous)
    for surface in party.not_:
        yield bare(surface), Name(party, "not")
    for how, surfaces in (
        ("name", (party.name,)),
        ("alias", party.aliases),
        ("demonym", party.demonyms),
        ("metonym", party.metonyms),
    ):
        for surface in surfaces:
            words = bare(surface)
            rule = "acronym" if how in ("name", "alias") and _ACRONYM.match(words) else how
            yield words, Name(party, rule, surface in doubtful)
    if party.kind == "person":
        for name in (party.name, *party.aliases):
            yield from _surname(party, bare(name))


def _surname(party: Party, name: str) -> Iterator[tuple[str, Name]]:
    """The last word of a person's name, with the particles that belong to it."""
    words = _SUFFIX.sub("", _TITLE.sub("", name)).split()
    if len(words) < 2 or not words[-1][0].isupper() or len(words[-1]) < 3:
        return
    yield words[-1], Name(party, "surname")
    first = next((i for i, word in enumerate(words) if i and word[0].islower()), None)
    if first is not None and first < len(words) - 1:
        yield " ".join(words[first:]), Name(party, "surname")


def short_forms(kind: str, name: str) -> Iterator[str]:
    """What a party of this name may be called once it is known: "Renewal Front", "Renewal"."""
    if kind == "state" and (form := _FORM_OF.match(name)):
        yield form[1]
    if kind in ("state", "place", "office") or " " not in name:
        return
    if kind == "person":
        given = _TITLE.sub("", name).split()[0]
        yield given
        if name.count(" ") > 1 and not name.startswith(given):
            yield name[: name.index(given) + len(given)]
        return
    longer, twice, _ = name.rpartition(" of ")
    if twice and " of " in longer:
        yield longer
    head, _, owner = name.partition(" of ")
    words = (head if owner else name).split()
    if owner and len(words) > 1:
        yield head
        yield f"{words[-1]} of {owner}"
    if owner and kind in ("union", "party") and owner.endswith(("s", "men")):
        yield owner
    for size in range(2, len(words)):
        yield " ".join(words[-size:])
        # "The Date Growers" of a Date Growers' Party.
        yield " ".join(words[:size]).rstrip("'")
    if len(words) > 2:
        yield f"{words[0]} {words[-1]}"
    for word in words:
        if word[0].isupper() and word not in _GENERIC and len(word) > 2:
            yield word


def demonyms(state: str) -> Iterator[str]:
    """What a state of this short name may give its adjective: "Zhelvian", "Korvellian"."""
    if " " in state or len(state) < 4:
        return
    if state.endswith("a"):
        yield f"{state}n"
    else:
        stem = state.removesuffix("e")
        yield from (stem + ending for ending in ("ian", "an", "i", "ese", "ish", "er"))


def in_small_letters(kind: str, name: str) -> Iterator[str]:
    """ "The electoral commission" of an Electoral Commission of Tirvane, "the town council"."""
    words = name.partition(" of ")[0].split()
    if kind in _IN_SMALL_LETTERS:
        for size in range(2, len(words) + 1):
            tail = " ".join(words[-size:]).lower()
            yield from (f"{the} {tail}" for the in ("the", "The"))


def by_both_ends(kind: str, name: str) -> Iterator[str]:
    """ "The Oberlund federation" of an Oberlund Handball Federation or a Federation of Oberlund."""
    head, of, owner = name.partition(" of ")
    first = _ARTICLE.sub("", owner) if of else head.partition(" ")[0]
    apart = " " not in first and (of or head.count(" ") > 1)
    if apart and kind not in ("person", "office", "state", "place"):
        last = head.split()[-1].lower()
        yield from (f"{the} {first} {last}" for the in ("the", "The"))


def _half_in_small_letters(kind: str, name: str) -> Iterator[str]:
    """ "Lundmar police" of the Lundmar Police: what it is in small letters, whose it is not."""
    head, of, owner = name.partition(" of ")
    words = head.split()
    if kind in _IN_SMALL_LETTERS:
        for size in range(1, len(words)):
            tail = " ".join(words[size:]).lower()
            yield f"{' '.join(words[:size])} {tail}{of}{owner}"


def _add_short_forms(found: dict[str, list[Name]], parties: Sequence[Party]) -> None:
    """What may stand without an introduction: a state's short name, short forms of several words
    ("the High Court").
    """
    forms: dict[str, dict[str, Name]] = {}
    small: dict[str, dict[str, Name]] = {}
    for party in parties:
        if party.kind in ("person", "office", "place"):
            continue
        name = bare(party.name)
        if party.kind in STATES:
            state = STATE_NAME.match(name)
            called = (state[1] or state[2]) if state else name
            found.setdefault(called, [Name(party, "alias")])
            for demonym in () if party.demonyms else demonyms(called):
                found.setdefault(demonym, [Name(party, "demonym")])
        short, in_small = Name(party, "short"), Name(party, "small")
        for form in _half_in_small_letters(party.kind, name):
            forms.setdefault(form, {})[party.id] = short
        for form in in_small_letters(party.kind, name):
            small.setdefault(form, {})[party.id] = in_small
        if party.kind != "state":
            for form in short_forms(party.kind, name):
                if form[0].isupper() and form not in found:
                    forms.setdefault(form, {})[party.id] = short
    for form, names in forms.items():
        if form not in found and _stands(form, names):
            found[form] = list(names.values())
    for form, names in small.items():
        found.setdefault(form, list(names.values()))


def _stands(form: str, names: Mapping[str, Name]) -> bool:
    """Whether a short form may stand for a party that the article has not introduced: several
    words, or one word that is one party's alone, of a kind that goes by one word ("the Gazette").
    """
    if " " in form:
        return True
    kinds = {name.party.kind for name in names.values()}
    return len(names) == 1 and len(form) > 3 and kinds <= ONE_WORD


def meant_by_common_words(names: list[Name], surface: str, text: str) -> list[Name]:
    """The one owner of "the town council" whose other words stand in the text too, if there is one:
    only "the interior ministry" of an Interior Ministry needs none.
    """
    near = [name for name in names if _near(name, surface, text)]
    return near if len(near) == 1 else []


def meant(names: list[Name], surface: str, text: str) -> list[Name]:
    """Those of several owners of a short form whose other words stand in the text too, else those
    that are listed: "the Interior Ministry" is Zambara's where Zambara or Zambarans are named.
    """
    near = [name for name in names if _near(name, surface, text)]
    return near if len(near) == 1 else listed(near or names)


def _near(name: Name, surface: str, text: str) -> bool:
    """Whether a word of the name that is not in this form of it stands in the text."""
    short = set(surface.lower().split())
    words = _words(name.party.name)
    if name.how == "small" and all(lower in short for lower, _ in words):
        return True
    return any(stem in text for lower, stem in words if stem and lower not in short)


@lru_cache(maxsize=100_000)
def _words(name: str) -> tuple[tuple[str, str], ...]:
    """Each word of a name in small letters, and how it begins where it tells one from another."""
    return tuple(
        (word.lower(), word[:5] if len(word) > 3 and word[0].isupper() else "")
        for word in bare(name).split()
    )


def listed(names: list[Name]) -> list[Name]:
    """Those of several owners that somebody listed, if there are any."""
    return [name for name in names if name.party.listed] or names


def _settle(found: dict[str, list[Name]]) -> None:
    """What a list says is not a party gives way to another list's party of just that name; a
    person's surname gives way to a party of that name, and a packaged party to a listed one.
    """
    for surface, entries in found.items():
        if len(entries) == 1:
            continue
        named = [e for e in entries if e.how not in ("not", "surname")]
        if named:
            found[surface] = listed(named)
        elif any(e.how == "not" for e in entries):
            found[surface] = [e for e in entries if e.how == "not"]
