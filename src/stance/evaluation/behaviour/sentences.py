"""Read the suite's YAML: sentences in which parties are marked as ``{surface|party}``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import yaml

from stance.corpora.markup import MARK
from stance.schema.nouns import LABELS, InputError, Span

Kind = Literal["minimum", "invariance", "direction"]

FOLDER = Path(__file__).parent
_KEYS: dict[str, tuple[set[str], set[str]]] = {
    # kind → keys that a case has, and may have
    "minimum": ({"text", "expect"}, {"before"}),
    "invariance": ({"base", "variant", "same"}, set()),
    "direction": ({"base", "variant"}, {"less", "more"}),
}


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast: its full name and what it is."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with its marks, and the sentences before it; ``id`` is unique in the suite."""

    id: str
    text: str
    before: str = ""

    def parties(self) -> dict[str, tuple[str, ...]]:
        """Party → how it is named, in the order of the sentence itself."""
        found: dict[str, tuple[str, ...]] = {}
        for surface, party in MARK.findall(self.text):
            found[party] = (*found.get(party, ()), surface)
        return found

    def plain(self) -> tuple[str, int, dict[str, list[Span]]]:
        """The window without marks, where the sentence starts, and each party's spans in it.

        A party's spans in the sentence come before those in the sentences before it.
        """
        start = len(unmark(self.before)[0]) + 1 if self.before else 0
        window, found = unmark(f"{self.before} {self.text}" if self.before else self.text)
        spans: dict[str, list[Span]] = {}
        for span, party in sorted(found, key=lambda item: item[0].start < start):
            spans.setdefault(party, []).append(span)
        return window, start, spans

    def changed(self, id_: str, text: str) -> Marked:
        """The same context with another sentence."""
        return replace(self, id=id_, text=text)


@dataclass(frozen=True, slots=True)
class Written:
    """A case as written, or made from one: a sentence and what is expected of it.

    ``expect`` has the right label of each party; ``less`` and ``more`` the label that is to be
    less or more likely than in ``base``; ``same`` the parties whose answer must be that of
    ``base``, where they may have other names (party → party in ``base``).
    """

    capability: str
    kind: Kind
    sentence: Marked
    base: Marked | None
    expect: dict[str, str] = field(default_factory=dict)
    less: dict[str, str] = field(default_factory=dict)
    more: dict[str, str] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)


def unmark(marked: str) -> tuple[str, list[tuple[Span, str]]]:
    """The text without its marks, and where each party stood."""
    text, found, at = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        found.append((Span(len(text), len(text) + len(match[1])), match[2]))
        text += match[1]
        at = match.end()
    return text + marked[at:], found


def read_cast(path: Path = FOLDER / "cast.yaml") -> dict[str, Member]:
    """The parties and cities that the sentences name."""
    return {str(key): Member(**item) for key, item in _load(path).items()}


def read_written(folder: Path = FOLDER / "cases") -> Iterator[Written]:
    """Every case in the files of a folder; :class:`InputError` names file and case."""
    cast = read_cast()
    for path in sorted(folder.glob("*.yaml")):
        record = _load(path)
        if not isinstance(record, dict) or not {"capability", "cases"} <= record.keys():
            raise InputError(f"{path}: expected capability, kind and cases")
        kind = record.get("kind", "minimum")
        if kind not in _KEYS:
            raise InputError(f"{path}: kind {kind!r} is none of {', '.join(_KEYS)}")
        for number, item in enumerate(record["cases"], 1):
            where = f"{path}: case {number}"
            yield _written(item, record["capability"], kind, f"{path.stem}-{number}", cast, where)


def read_generated(path: Path = FOLDER / "generated.yaml") -> list[dict[str, Any]]:
    """Which variants are made by program, and of how many sentences."""
    return list(_load(path))


def _written(
    item: Any, capability: str, kind: Kind, id_: str, cast: dict[str, Member], where: str
) -> Written:
    has, may = _KEYS[kind]
    if not isinstance(item, dict) or not has <= item.keys() or item.keys() - has - may:
        raise InputError(f"{where}: expected {', '.join(sorted(has | may))}")
    text = item["text"] if kind == "minimum" else item["variant"]
    sentence = Marked(id_, " ".join(text.split()), " ".join(item.get("before", "").split()))
    base = None if kind == "minimum" else Marked(f"{id_}.base", " ".join(item["base"].split()))
    found = Written(
        capability,
        kind,
        sentence,
        base,
        expect=dict(item.get("expect", {})),
        less=dict(item.get("less", {})),
        more=dict(item.get("more", {})),
        same={party: party for party in item.get("same", ())},
    )
    _check(found, cast, where)
    return found


def _check(case: Written, cast: dict[str, Member], where: str) -> None:
    for sentence in filter(None, (case.sentence, case.base)):
        named = sentence.parties().keys()
        wanted = {*case.expect, *case.less, *case.more, *case.same}
        if not wanted or (lost := wanted - named):
            raise InputError(f"{where}: {', '.join(sorted(lost)) or 'no party'} is not in the text")
        everyone = {party for _, party in MARK.findall(f"{sentence.before} {sentence.text}")}
        if unknown := everyone - cast.keys():
            raise InputError(f"{where}: {', '.join(sorted(unknown))} is not in the cast")
    for labels in (case.expect, case.less, case.more):
        if wrong := set(labels.values()) - set(LABELS):
            raise InputError(f"{where}: label {', '.join(sorted(wrong))} is unknown")


def _load(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise InputError(f"{path}: not readable as YAML: {' '.join(str(error).split())}") from error
