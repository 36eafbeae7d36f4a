"""The project corpus as its authors write it: YAML articles with the mentions marked in the text.

A mention is ``{surface|party}``. Under each sentence stands one line for each target and holder::

    - id: harbour-1
      title: Dockers reject last offer
      date: 2031-04-11
      source: wire
      parties: {dockers: Dockers' League, hansa: Hansa Lines}
      sentences:
      - text: >-
          The {Dockers' League|dockers} rejected the offer from {Hansa Lines|hansa} as "an insult".
        stances:
        - {target: hansa, label: opposition, holder: dockers, tags: [quote]}
        - {target: dockers, label: neutral}

A sentence's stances name every party that it mentions. ``neutral`` has no holder; the other labels
need one: a party's id, ``author``, ``unnamed`` or ``self``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from stance.schema.nouns import LABELS, TAGS, InputError, Span

MARK = re.compile(r"\{([^{}|]+)\|([a-z0-9-]+)\}")
#: The safe loader in C where there is one, eight times as fast.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
UNNAMED_HOLDERS = ("author", "unnamed", "self")
ARTICLE_KEYS = {"id", "title", "date", "source", "story", "parties", "sentences"}
#: A holder may be named this many sentences back, as far as the window reaches.
WINDOW = 3


@dataclass(frozen=True, slots=True)
class MarkedStance:
    """One label as written: toward ``target``, held by ``holder`` (``None`` where neutral)."""

    target: str
    label: str
    holder: str | None
    tags: tuple[str, ...]
    unclear: bool


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence freed of its marks, with the spans of each party's mentions in it."""

    text: str
    mentions: tuple[tuple[Span, str], ...]
    stances: tuple[MarkedStance, ...]

    def spans_of(self, party: str) -> tuple[Span, ...]:
        """Where ``party`` is mentioned, in order."""
        return tuple(span for span, name in self.mentions if name == party)


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An article of the project corpus with its parties (id → canonical name)."""

    id: str
    title: str
    date: date
    source: str
    story: str
    parties: dict[str, str]
    sentences: tuple[MarkedSentence, ...]


def read_marked(path: Path) -> Iterator[MarkedArticle]:
    """Read a YAML file of articles; :class:`InputError` names file, article and sentence."""
    try:
        records = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not readable as YAML: {' '.join(str(error).split())}") from error
    if not isinstance(records, list):
        raise InputError(f"{path}: expected a list of articles, found {type(records).__name__}")
    for number, record in enumerate(records, 1):
        where = f"{path}: article {number}"
        yield _article(record, where)


def _article(record: Any, where: str) -> MarkedArticle:
    if not isinstance(record, dict):
        raise InputError(f"{where}: expected keys {', '.join(sorted(ARTICLE_KEYS))}")
    if missing := ARTICLE_KEYS - {"story"} - record.keys():
        raise InputError(f"{where}: missing {', '.join(sorted(missing))}")
    if extra := record.keys() - ARTICLE_KEYS:
        raise InputError(f"{where}: unknown key {', '.join(sorted(map(str, extra)))}")
    where = f"{where} ({record['id']})"
    if not isinstance(record["date"], date):
        raise InputError(f"{where}: date must be YYYY-MM-DD, found {record['date']!r}")
    parties = {str(key): str(name) for key, name in record["parties"].items()}
    sentences: list[MarkedSentence] = []
    for index, item in enumerate(record["sentences"]):
        window = {name for s in sentences[-WINDOW:] for _, name in s.mentions}
        sentences.append(_sentence(item, parties, window, f"{where}, sentence {index}"))
    return MarkedArticle(
        id=str(record["id"]),
        title=str(record["title"]),
        date=record["date"],
        source=str(record["source"]),
        story=str(record.get("story", record["id"])),
        parties=parties,
        sentences=tuple(sentences),
    )


def _sentence(item: Any, parties: dict[str, str], window: set[str], where: str) -> MarkedSentence:
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        raise InputError(f"{where}: expected a mapping with text and, if a party is named, stances")
    text, mentions = _unmark(" ".join(item["text"].split()))
    if stray := re.search(r"[{}|]", text):
        raise InputError(f"{where}: stray '{stray.group()}' near {text[stray.start() :][:30]!r}")
    named = {name for _, name in mentions}
    if unknown := named - parties.keys():
        raise InputError(f"{where}: party {', '.join(sorted(unknown))} is not in parties")
    stances = tuple(
        _stance(line, named, named | window, f"{where}, stance {n}")
        for n, line in enumerate(item.get("stances") or (), 1)
    )
    if bare := named - {stance.target for stance in stances}:
        raise InputError(f"{where}: no stance toward {', '.join(sorted(bare))}; write neutral")
    seen = [(stance.target, stance.holder) for stance in stances]
    if len(seen) != len(set(seen)):
        raise InputError(f"{where}: the same target and holder stand twice")
    return MarkedSentence(text, mentions, stances)


def _stance(line: Any, named: set[str], window: set[str], where: str) -> MarkedStance:
    if not isinstance(line, dict) or not {"target", "label"} <= line.keys():
        raise InputError(f"{where}: expected {{target, label, holder, tags}}, found {line!r}")
    if extra := line.keys() - {"target", "label", "holder", "tags", "unclear"}:
        raise InputError(f"{where}: unknown key {', '.join(sorted(extra))}")
    target, label, holder = line["target"], line["label"], line.get("holder")
    tags = tuple(line.get("tags") or ())
    if target not in named:
        raise InputError(f"{where}: target {target} is not mentioned in the sentence")
    if label not in LABELS:
        raise InputError(f"{where}: label {label!r} is none of {', '.join(LABELS)}")
    if (label == "neutral") != (holder is None):
        raise InputError(f"{where}: {label} {'needs a' if holder is None else 'has no'} holder")
    if holder is not None and holder not in UNNAMED_HOLDERS and holder not in window:
        raise InputError(f"{where}: holder {holder} is not mentioned in the window")
    if holder == target:
        raise InputError(f"{where}: a party's stance toward itself has the holder self")
    if unknown := set(tags) - set(TAGS):
        raise InputError(f"{where}: unknown tag {', '.join(sorted(unknown))}")
    return MarkedStance(target, label, holder, tags, bool(line.get("unclear", False)))


def _unmark(marked: str) -> tuple[str, tuple[tuple[Span, str], ...]]:
    """Take the marks out of a sentence and keep where they stood."""
    parts: list[str] = []
    mentions: list[tuple[Span, str]] = []
    at = position = 0
    for match in MARK.finditer(marked):
        before = marked[position : match.start()]
        surface = match.group(1)
        at += len(before)
        mentions.append((Span(at, at + len(surface)), match.group(2)))
        parts += [before, surface]
        at += len(surface)
        position = match.end()
    parts.append(marked[position:])
    return "".join(parts), tuple(mentions)
