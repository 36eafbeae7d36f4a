"""Ministries and heads of a state, derived from its name and demonym; each is part of its state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stance.schema.nouns import Party

#: Id's ending → kind, name after the demonym, other names (``{d}`` demonym, ``{n}`` name).
_MINISTRIES = {
    "foreign-ministry": ("Foreign Ministry", ("Ministry of Foreign Affairs",)),
    "defence-ministry": (
        "Defence Ministry",
        ("Defense Ministry", "Ministry of Defence", "Ministry of Defense"),
    ),
    "interior-ministry": ("Interior Ministry", ("Ministry of the Interior",)),
    "finance-ministry": ("Finance Ministry", ("Ministry of Finance",)),
    "justice-ministry": ("Justice Ministry", ("Ministry of Justice",)),
    "health-ministry": ("Health Ministry", ("Ministry of Health",)),
}
_HEADS = {"president": "President", "prime-minister": "Prime Minister"}


def institutions(states: Iterable[Party]) -> Iterator[Party]:
    """For every state with a demonym: its chief ministries, its president, its prime minister."""
    for state in states:
        if state.kind != "state" or not state.demonyms:
            continue
        for ending, (name, others) in _MINISTRIES.items():
            names = (name, name.lower(), *others)
            yield _part(state, ending, "ministry", name, names)
        for ending, title in _HEADS.items():
            yield _part(state, ending, "office", title, (title, title.lower()))


def _part(state: Party, ending: str, kind: str, name: str, names: tuple[str, ...]) -> Party:
    owners = (*state.demonyms, f"{state.name}'s")
    aliases = [f"{owner} {one}" for owner in owners for one in names]
    aliases += [f"{one} of {state.name}" for one in names if one[0].isupper() and " of " not in one]
    called = f"{state.demonyms[0]} {name}"
    return Party(
        id=f"{state.id}-{ending}",
        name=called,
        kind=kind,
        aliases=tuple(alias for alias in dict.fromkeys(aliases) if alias != called),
        part_of=state.id,
        listed=False,
    )
