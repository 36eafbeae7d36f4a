"""From the sentences to a table of pairs to predict, and the cases that the answers decide."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

import pandas as pd

from stance.evaluation.behaviour.sentences import (
    Kind,
    Marked,
    Member,
    Written,
    read_cast,
    read_generated,
    read_written,
)
from stance.evaluation.behaviour.variants import OPERATIONS
from stance.schema.nouns import CODEBOOK
from stance.schema.table import PAIRS, spans

Cast = dict[str, Member]


@dataclass(frozen=True, slots=True)
class Case:
    """What one answer, or two, have to be.

    Minimum: the answer to ``pair`` is ``label``. Invariance: it is the answer to ``base``.
    Direction: ``label`` is less likely than in ``base`` and not the answer; with ``more``, it is
    more likely and the answer.
    """

    capability: str
    kind: Kind
    pair: str
    label: str = ""
    base: str = ""
    more: bool = False


@dataclass(frozen=True, slots=True)
class Suite:
    """The pairs to predict (columns of :data:`stance.schema.table.PAIRS`) and the cases."""

    pairs: pd.DataFrame
    cases: tuple[Case, ...]


@cache
def load_suite() -> Suite:
    """The suite that comes with the package; the same every time."""
    cast, items = read_cast(), list(read_written())
    written = [item for item in items if item.kind == "minimum"]
    for plan in read_generated():
        items += islice(_variants(plan, written, cast), plan["sentences"])
    rows = {row["pair_id"]: row for item in items for row in _rows(item, cast)}
    cases = tuple(case for item in items for case in _cases(item))
    return Suite(pd.DataFrame(rows.values()).reindex(columns=list(PAIRS)), cases)


def _variants(plan: dict[str, Any], written: Sequence[Written], cast: Cast) -> Iterator[Written]:
    """One changed sentence after another, in an order that depends on the operation alone."""
    rng = random.Random(plan["operation"])
    for item in rng.sample(written, len(written)):
        changed = OPERATIONS[plan["operation"]](item.sentence, cast, rng)
        if changed is None:
            continue
        text, places = changed
        sentence = item.sentence.changed(f"{item.sentence.id}.{plan['operation']}", text)
        expected = _exchanged if plan["kind"] == "direction" else _kept
        if wanted := expected(item.expect, places):
            yield Written(plan["capability"], plan["kind"], sentence, item.sentence, **wanted)


def _kept(expect: dict[str, str], places: dict[str, str]) -> dict[str, dict[str, str]]:
    """Every party's answer stays, also under another name."""
    return {
        "expect": {places.get(party, party): label for party, label in expect.items()},
        "same": {places.get(party, party): party for party in expect},
    }


def _exchanged(expect: dict[str, str], places: dict[str, str]) -> dict[str, dict[str, str]]:
    """Each party's label goes where the party went; nothing is expected of equal labels."""
    labels = {party: expect[party] for party in places if party in expect}
    if len(set(labels.values())) < 2:
        return {}
    polar = {party: label for party, label in labels.items() if label != "neutral"}
    return {"less": polar, "more": {places[party]: label for party, label in polar.items()}}


def _cases(item: Written) -> Iterator[Case]:
    def pair(party: str) -> str:
        return _pair(item.sentence, party)

    if item.kind == "minimum":
        for party, label in item.expect.items():
            yield Case(item.capability, item.kind, pair(party), label)
    if item.base is None:
        return
    for party, was in item.same.items():
        yield Case(item.capability, item.kind, pair(party), base=_pair(item.base, was))
    for more, moved in ((False, item.less), (True, item.more)):
        for party, label in moved.items():
            base = _pair(item.base, party)
            yield Case(item.capability, item.kind, pair(party), label, base, more)


def _rows(item: Written, cast: Cast) -> Iterator[dict[str, Any]]:
    """The pairs that a case needs, as rows of the table."""
    here = {*item.expect, *item.less, *item.more, *item.same}
    for party in sorted(here):
        yield _row(item.sentence, party, item.expect.get(party), cast)
    if item.base is not None and item.base.id.endswith(".base"):
        for party in sorted({*item.less, *item.more, *item.same.values()}):
            yield _row(item.base, party, None, cast)


def _row(sentence: Marked, party: str, label: str | None, cast: Cast) -> dict[str, Any]:
    window, start, found = sentence.plain()
    places = found[party]
    return {
        "pair_id": _pair(sentence, party),
        "article_id": f"behaviour:{sentence.id.split('.')[0]}",
        "sentence_index": 0,
        "text": window,
        "sentence_start": start,
        "sentence_end": len(window),
        "target": places[0].of(window),
        "target_party": cast[party].name,
        "target_spans": spans(*((span.start, span.end) for span in places)),
        "holder_kind": "any",
        "holder_spans": [],
        "label": label,
        "mixed": False,
        "unclear": label is None,
        "tags": [],
        "corpus": "behaviour",
        "construct": "stance",
        "split": "test",
        "weight": 1.0,
        "provenance": "authored",
        "annotator": "project",
        "codebook": CODEBOOK,
    }


def _pair(sentence: Marked, party: str) -> str:
    return f"behaviour:{sentence.id}:{party}"
