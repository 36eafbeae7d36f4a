"""Ask the rules about a sentence and the parties in it."""

from __future__ import annotations

import pandas as pd

from stance.labeling.lexicon import load_lexicon
from stance.labeling.model import RulesModel
from stance.labeling.reading import Reading, read
from stance.schema.nouns import LABELS, Span
from tests.conftest import pair

#: Every vote counts here, however little its rule is trusted.
MODEL = RulesModel(least=0.0)


def asked(text: str, *parties: str, model: RulesModel = MODEL) -> dict[str, tuple[str, str | None]]:
    """Party → (label, the holder's name or kind) by the rules."""
    rows = pd.DataFrame([pair(text, party, None) for party in parties])
    answers = model.answer(rows)
    found = {}
    for number, party in enumerate(parties):
        holder: str | None = answers.holder_kinds[number]
        if answers.holder_rows[number] >= 0:
            holder = parties[answers.holder_rows[number]]
        if number in answers.holder_spans:
            holder = answers.holder_spans[number].of(text)
        found[party] = (LABELS[answers.probabilities[number].argmax()], holder)
    return found


def read_text(text: str, *parties: str) -> Reading:
    """A sentence as the rules read it, with the first mention of each party."""
    places = []
    for party in parties:
        start = text.index(party)
        places.append([Span(start, start + len(party))])
    return read(text, Span(0, len(text)), places, load_lexicon())
