"""The codebook as data: what is a stance toward a party, case by case.

``python -m stance.labeling.codebook > docs/codebook.md`` prints the page that people read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from stance.labeling.yamlfile import Step, YamlFile
from stance.schema.nouns import HOLDER_KINDS, LABELS, InputError

CODEBOOK_FILE = Path(__file__).with_name("codebook.yaml")
KEYS = {"version", "changes", "unit", "test", "labels", "holders", "groups"}
CASE_KEYS = {"id", "since", "case", "decision", "example", "stances", "reason", "cues"}


@dataclass(frozen=True, slots=True)
class Meant:
    """What an example says of one target; ``holder`` is a name or a holder kind."""

    target: str
    label: str
    holder: str


@dataclass(frozen=True, slots=True)
class Case:
    """A decision. ``cues`` are patterns of sentences that it may touch; a target of the example
    that ``stances`` does not list is neutral there.
    """

    id: str
    group: str
    since: str
    case: str
    decision: str
    example: str
    stances: tuple[Meant, ...]
    reason: str
    cues: tuple[str, ...] = ()

    def touches(self, text: str) -> bool:
        """Whether a label on ``text`` may depend on this case."""
        pattern = rf"\b(?:{'|'.join(self.cues)})(?!\w)"
        return bool(self.cues) and bool(re.search(pattern, text, re.IGNORECASE))


@dataclass(frozen=True, slots=True)
class Codebook:
    """The cases in their order, and what stands before them."""

    version: str
    changes: Mapping[str, str]
    unit: str
    test: str
    labels: Mapping[str, str]
    holders: Mapping[str, str]
    cases: tuple[Case, ...]

    def newer_than(self, version: str) -> tuple[Case, ...]:
        """Cases that were made, or whose decision changed, after ``version``."""
        return tuple(case for case in self.cases if _number(case.since) > _number(version))

    def names(self) -> tuple[str, ...]:
        """Everyone who plays a part in an example."""
        meant = [m for case in self.cases for m in case.stances]
        names = dict.fromkeys(n for m in meant for n in (m.target, m.holder))
        return tuple(name for name in names if name not in HOLDER_KINDS)


@cache
def load_codebook(path: Path = CODEBOOK_FILE) -> Codebook:
    """Read and check; :class:`InputError` names file, line and fault."""
    file = YamlFile(path)
    data = file.value
    if not isinstance(data, dict) or set(data) != KEYS:
        raise file.fault(f"a codebook has the keys {', '.join(sorted(KEYS))}, all of them")
    if str(data["version"]) not in data["changes"]:
        raise file.fault(f"changes do not tell of version {data['version']}", "changes")
    cases = tuple(_cases(file))
    seen = set[str]()
    for case in cases:
        if case.id in seen:
            raise file.fault(f"case {case.id!r} stands twice", "groups")
        seen.add(case.id)
    words = {key: data[key] for key in KEYS - {"groups", "version"}}
    return Codebook(version=str(data["version"]), cases=cases, **words)


def check_version(version: str, codebook: Codebook) -> str:
    """The version, if there is one of that name; else :class:`InputError`."""
    if version not in codebook.changes:
        raise InputError(f"codebook {version}: there are {', '.join(codebook.changes)}")
    return version


def guideline(codebook: Codebook | None = None, *, examples: bool = True) -> str:
    """The codebook as plain text for a prompt: unit, test, labels, holders, one line a case."""
    book = codebook or load_codebook()
    lines = [
        f"Codebook {book.version}",
        "",
        f"Unit. {book.unit}",
        f"Test. {book.test}",
        "",
        "Labels:",
    ]
    lines += [f"- {name}: {words}" for name, words in book.labels.items()]
    lines += ["", "Who holds the stance:"]
    lines += [f"- {name}: {words}" for name, words in book.holders.items()]
    for group, cases in _grouped(book):
        lines += ["", f"{group}:"]
        for case in cases:
            lines.append(f"- {case.case}: {case.decision}.")
            if examples:
                lines.append(f"  Example: {case.example} -> {told(case)}")
    return "\n".join(lines).replace("`", "")


def told(case: Case) -> str:
    """What the example says, in words."""
    said = [f"{m.target}: {m.label} (holder: {m.holder})" for m in case.stances]
    return "; ".join([*said, "anyone else: neutral" if said else "neutral toward everyone"])


def _grouped(book: Codebook) -> Iterator[tuple[str, list[Case]]]:
    for group in dict.fromkeys(case.group for case in book.cases):
        yield group, [case for case in book.cases if case.group == group]


def _cases(file: YamlFile) -> Iterator[Case]:
    for g, group in enumerate(file.value["groups"]):
        for c, row in enumerate(group["cases"]):
            yield _case(file, row, group["title"], ("groups", g, "cases", c))


def _case(file: YamlFile, row: Any, group: str, place: tuple[Step, ...]) -> Case:
    if fault := _fault(row, file.value):
        raise file.fault(fault, *place)
    stances = tuple(Meant(**stance) for stance in row["stances"])
    cues = tuple(row.get("cues", ()))
    return Case(group=group, **(row | {"stances": stances, "cues": cues}))


def _fault(row: Any, data: Mapping[str, Any]) -> str | None:
    if not isinstance(row, dict):
        return f"{row!r} is no case; write `- id: …`"
    if odd := (set(row) ^ CASE_KEYS) - ({"cues"} - set(row)):
        keys = ", ".join(sorted(CASE_KEYS))
        return f"a case has the keys {keys}; see {', '.join(sorted(map(str, odd)))}"
    if row["since"] not in data["changes"]:
        return f"since {row['since']!r} is none of the versions {', '.join(data['changes'])}"
    if row["since"] != min(data["changes"], key=_number) and not row.get("cues"):
        return f"case {row['id']!r} is newer than the first version and needs `cues`"
    for stance in row["stances"]:
        if set(stance) != {"target", "label", "holder"} or stance["label"] not in LABELS:
            return f"stance {stance} needs target, holder, and a label of {', '.join(LABELS)}"
        for name in (stance["target"], stance["holder"]):
            if name not in HOLDER_KINDS and name not in row["example"]:
                return f"{name!r} does not stand in the example"
    for cue in row.get("cues", ()):
        try:
            re.compile(cue)
        except re.error as error:
            return f"cue {cue!r} is no regular expression: {error}"
    return None


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def render(codebook: Codebook | None = None) -> str:
    """The page ``docs/codebook.md``."""
    book = codebook or load_codebook()
    parts = [
        f"# Codebook {book.version}: what is a stance toward a party",
        "For people who label, for the rules and for prompts. Printed from"
        " `src/stance/labeling/codebook.yaml`; edit that file. All examples are invented.",
        f"**Unit.** {book.unit}",
        f"**Test.** {book.test}",
        _list("Labels", book.labels),
        _list("Holder", book.holders),
    ]
    for group, cases in _grouped(book):
        parts += [f"## {group}", *map(_section, cases)]
    changes = (f"- **{version}** {words}" for version, words in book.changes.items())
    return "\n\n".join([*parts, "## Versions", "\n".join(changes)]) + "\n"


def _list(title: str, words: Mapping[str, str]) -> str:
    return "\n".join([f"**{title}**", "", *(f"- `{name}`: {said}" for name, said in words.items())])


def _section(case: Case) -> str:
    decision = case.decision[0].upper() + case.decision[1:]
    lines = [
        f"### {case.case}",
        f"{decision}. (`{case.id}`, since {case.since})",
        f"> {case.example}",
        f"{told(case)}.",
        f"Why: {case.reason}",
    ]
    return "\n\n".join(lines)


if __name__ == "__main__":
    print(render(), end="")
