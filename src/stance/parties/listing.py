"""Lists of parties on disk: YAML entries, or plain text with one name a line."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from stance.parties.kinds import kind_of
from stance.schema.nouns import InputError, Party

NAMES = ("aliases", "demonyms", "metonyms", "ambiguous", "not")
KEYS = {"id", "name", "kind", "part_of", *NAMES}
KINDS = (
    "state",
    "place",
    "government",
    "ministry",
    "organisation",
    "company",
    "party",
    "union",
    "court",
    "media",
    "club",
    "charity",
    "person",
    "office",
    "group",
    "other",
)
#: Reads every value as text, so that an id `no` or `2024` stays what it looks like.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@contextmanager
def collecting_later() -> Iterator[None]:
    """Without the garbage collector, which a hundred thousand new objects would keep waking."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def read_listing(path: Path) -> list[Party]:
    """The parties of a file; raises :class:`InputError` with file and line for what is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: not UTF-8 text (byte {error.start}); save the list as UTF-8"
        ) from error
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    if path.suffix in (".yaml", ".yml", ".json"):
        with collecting_later():
            return _entries(path, text)
    return list(_lines(text))


def _lines(text: str) -> Iterator[Party]:
    """One name a line, further names after ``|``; ``#`` begins a comment."""
    for line in text.splitlines():
        name, *aliases = (part.strip() for part in line.split("#")[0].split("|"))
        if name:
            yield Party(name, name, kind_of(name), aliases=tuple(filter(None, aliases)))


def _entries(path: Path, text: str) -> list[Party]:
    try:
        rows = yaml.load(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputError(f"{path}:{line}: {error.problem}; see the README for a list") from error
    except yaml.YAMLError as error:
        raise InputError(f"{path}: {' '.join(str(error).split())}") from error
    if not isinstance(rows, list):
        raise InputError(f"{path}:1: not a list of parties; begin each with `- id: …`")
    parties, seen = [], set[str]()
    for number, row in enumerate(rows):
        if fault := _fault(row, seen):
            raise InputError(f"{path}:{_line_of(text, number)}: {fault}")
        seen.add(row["id"])
        parties.append(_party(row))
    return parties


def _party(row: dict[str, Any]) -> Party:
    return Party(
        row["id"],
        row.get("name", row["id"]),
        row.get("kind") or kind_of(row.get("name", row["id"])),
        aliases=tuple(row.get("aliases") or ()),
        demonyms=tuple(row.get("demonyms") or ()),
        metonyms=tuple(row.get("metonyms") or ()),
        part_of=row.get("part_of") or None,
        not_=tuple(row.get("not") or ()),
        ambiguous=tuple(row.get("ambiguous") or ()),
    )


def _fault(row: Any, seen: set[str]) -> str | None:
    """What is wrong with an entry, in words, or nothing."""
    if not isinstance(row, dict):
        return f"{row!r} is no party; write `- id: …` with a `name: …`"
    if unknown := set(row) - KEYS:
        return f"unknown key {min(map(str, unknown))!r}; there are {', '.join(sorted(KEYS))}"
    if not _is_name(row.get("id")):
        return "a party needs an `id`"
    if row["id"] in seen:
        return f"id {row['id']!r} stands twice"
    if not _is_name(row.get("name", row["id"])):
        return f"the name of {row['id']!r} is no text"
    if row.get("kind", "other") not in KINDS:
        return f"kind {row['kind']!r}; there are {', '.join(KINDS)}"
    if row.get("part_of") and not _is_name(row["part_of"]):
        return f"part_of of {row['id']!r} is no id"
    for key in NAMES:
        values = row.get(key)
        if values and not (isinstance(values, list) and all(map(_is_name, values))):
            return (
                f"{key} of {row['id']!r} must be a list of names: [one, two] (in quotes if need be)"
            )
    return None


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and not value.isspace() and value != ""


def _line_of(text: str, number: int) -> int:
    """The line on which entry ``number`` begins."""
    node: Any = yaml.compose(text, Loader=_LOADER)
    return int(node.value[number].start_mark.line) + 1
