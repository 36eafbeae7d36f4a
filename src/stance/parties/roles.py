"""The common nouns a party may be called by: of its kind, its name, its office, its members."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stance.parties import grammar
from stance.parties.names import bare
from stance.schema.nouns import Party

_STATE_WORDS = "country government kingdom republic nation"
#: Any state named nearby might be meant: they need it to be the only one.
STATE_NOUNS = frozenset(_STATE_WORDS.split())
#: Kind → the nouns that fit it whatever its name is.
KIND_NOUNS: dict[str, list[str]] = {
    kind: nouns.split()
    for kind, nouns in {
        "state": _STATE_WORDS,
        "place": "town city village municipality council",
        "government": "government administration",
        "ministry": "ministry",
        "company": "company firm group maker manufacturer supplier operator developer retailer "
        "lender producer builder carrier airline publisher employer business giant chain utility",
        "party": "party",
        "union": "union strikers members",
        "court": "court tribunal judges",
        "media": "paper newspaper station channel broadcaster daily weekly magazine newsroom",
        "organisation": "organisation organization body agency regulator watchdog",
        "other": "group organisation",
        "group": "group militia militants fighters gunmen rebels insurgents",
        "club": "club team side",
        "charity": "charity group",
    }.items()
}
#: Offices that an article gives its one person without saying so first.
OFFICES = frozenset(
    {"prime minister"}
    | set(
        "president premier governor mayor rector director chancellor minister senator bishop "
        "archbishop ambassador chairman chairwoman candidate coach".split()
    )
)
_HEADS_OF_GOVERNMENT = frozenset({"prime minister", "premier", "president", "chancellor"})
#: Where the head of a state sits.
_HEADS_OF_STATE = frozenset("president king queen emperor empress sultan".split())
_MEMBERS = {
    "Council": "councillors",
    "Court": "judges",
    "Union": "strikers",
    "Senate": "senators",
    "Parliament": "deputies",
    "Assembly": "deputies",
}
#: "The Teachers' Congress" are the teachers, "the Union of Railwaymen" the railwaymen.
_OWN_MEMBERS = re.compile(
    r"\b(\w+(?:s(?=')|men(?='s)))'s?(?= )|\b(?:Union|Federation|Guild|League|Board|Chamber|Sisters|"
    r"Brotherhood|Association|Confederation|Society)"
    r" of (?:\w+ )?(\w+(?:s|men))(?= of |$)"
)
#: "Calder, the long-serving mayor of Wyke," and "the Altyn Array, an observatory in the hills,".
_APPOSED = re.compile(
    r", (?:who is )?(?:the|an?|its|their|his|her) (?:[a-z-]+ ){0,3}?([a-z-]{4,})"
    r"(?=[,.;:]| (?:of|for|in|at|on|who|whose|which|that|from|with|since)\b)"
)
_NO_NOUNS = frozenset("last first next only same other latter former best most least more".split())
_TITLE_WORD = re.compile(r"(\w+),? $")
_IN_OFFICE = re.compile(
    r" (?:is|was|remains|became|becomes|as|took over as|was elected) (?:the )?(\w+)"
)
#: "Aune's cabinet": whose cabinet it is heads it.
_HEADS_AFTER = re.compile(
    r"'s (?:\w+ )?(?:cabinet|coalition|government|administration|ministers)\b"
)


def name_nouns(party: Party) -> Iterator[str]:
    """The last noun of its name, its members, the title before a person's name."""
    name = bare(party.name)
    if party.kind == "person" and (title := grammar.TITLED.match(name)):
        yield from _of_title(title[1])
    elif party.kind == "office":
        yield from (role for role in OFFICES if name.lower().endswith(role))
    elif party.kind not in ("person", "state", "place"):
        head = name.partition(" of ")[0].partition(" for ")[0].split()[-1]
        if " " in name and head[0].isupper():
            yield head.lower()
            if party.kind in ("company", "organisation") and re.search(r"[^s]s$", head):
                yield head.lower()[:-1]
            yield _MEMBERS.get(head, head.lower())
        for members in _OWN_MEMBERS.findall(name):
            yield "".join(members).lower()


def roles_beside(text: str, start: int, end: int, person: bool) -> set[str]:
    """The nouns that the words right before and after a name give its bearer."""
    words: set[str] = set()
    if (after := _APPOSED.match(text, end)) and after[1] not in _NO_NOUNS:
        words.add(after[1])
    if not person:
        return words
    if title := grammar.TITLE_BEFORE.search(text[max(0, start - 40) : start]):
        words |= _of_title(title[1])
    elif role := _TITLE_WORD.search(text[max(0, start - 20) : start]):
        words |= {role[1].lower()} & grammar.ROLES
    if after := grammar.ROLE_AFTER.match(text, end):
        words |= set(after[1].split()) & grammar.ROLES
    if office := _IN_OFFICE.match(text, end):
        words |= {office[1]} & grammar.ROLES
    if _HEADS_AFTER.match(text, end):
        words |= _HEADS_OF_GOVERNMENT
    return words


def _of_title(title: str) -> set[str]:
    """ "Prime Minister" is called "the prime minister" and "the minister", a king "the palace"."""
    words = title.lower()
    palace = {"palace"} if words in _HEADS_OF_STATE else set()
    return {words, words.split()[-1]} | palace
