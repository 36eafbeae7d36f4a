"""A mark: what a person said of one target, as a file has it, before it is believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stance.schema.nouns import HOLDER_KINDS, LABELS, VERDICTS, Span

#: What a person may say of a target, and who may hold a stance.
SAID = tuple(name for name in VERDICTS if name != "abstain")
HELD_KINDS = tuple(name for name in HOLDER_KINDS if name != "any")

#: The columns of a spreadsheet, in their order, and what a person should know about them.
COLUMNS = {
    "before": "the sentences before, only to know who is meant",
    "sentence": "the sentence to label",
    "target": "the party whose label is asked for",
    "suggested": "what a program thinks, where that is shown",
    "why": "why this one is asked, where a queue chose it",
    "label": "support, opposition, neutral, mixed, unclear or wrong_link",
    "holder_kind": "party, author, unnamed or self; for support and opposition only",
    "holder": "a party that holds the stance, in the words of the text",
    "comment": "anything that helps to decide later",
    "annotator": "who labels",
    "time": "when; the file's own time if empty",
    "codebook": "the version of the guideline",
    "pair_id": "do not change",
    "start": "where the target stands in the sentence; do not change",
    "end": "do not change",
}


@dataclass(frozen=True, slots=True)
class Held:
    """A holder: a kind, and for ``party`` the words, with their place in the window if given."""

    kind: str
    words: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """One row of a file, or one region of a task.

    ``where`` names it for people. ``span`` and ``words`` are the target's, in ``text``: the window,
    or the sentence alone (``alone``). ``label`` is empty where nobody has labelled yet. ``fault``
    says why the row cannot be read at all.
    """

    where: str
    pair_id: str = ""
    text: str | None = None
    alone: bool = False
    span: Span | None = None
    words: str | None = None
    label: str = ""
    holders: tuple[Held, ...] = ()
    annotator: str = ""
    time: str = ""
    codebook: str = ""
    comment: str = ""
    fault: str | None = None


def suggestion(row: Mapping[str, Any]) -> str:
    """What a program thinks; what people have decided is not shown to the next of them."""
    told = row["provenance"] in ("silver", "model") and row["label"] in LABELS
    return str(row["label"]) if told else ""
