"""Stances in a hyphen: "Russian-backed rebels", "pro-Tarn", "anti-Orlev"."""

from __future__ import annotations

from collections.abc import Iterator

from stance.labeling.holders import party_or_span
from stance.labeling.objects import objects
from stance.labeling.phrases import Place, name_start, skip
from stance.labeling.reading import Reading
from stance.labeling.rules.claims import judged, toward
from stance.labeling.rules.registry import sentence_function
from stance.labeling.votes import Vote


@sentence_function
def compound(reading: Reading) -> Iterator[tuple[int, Vote]]:
    """ "Russian-backed rebels": the rebels are supported by Russia."""
    for cue in reading.frame("compounds"):
        hyphen = cue.start - 1
        if hyphen < 1 or reading.kinds[hyphen] != "h" or reading.kinds[hyphen - 1] != "x":
            continue
        start = name_start(reading, hyphen - 1)
        for party, label in toward(reading, objects(reading, cue.end), cue.entry.label):
            holder = party_or_span(reading, start, hyphen, party)
            yield party, judged("compound", cue, label, holder, f"-{cue.entry.lemma}", None)


@sentence_function
def prefix(reading: Reading) -> Iterator[tuple[int, Vote]]:
    """ "Pro-Tarn marchers", "anti-Orlev"."""
    for cue in reading.frame("prefixes"):
        if reading.kinds[cue.end : cue.end + 2] == "hx":
            end = skip(reading, cue.end + 1, "x")
            for party, label in toward(reading, [Place(cue.end + 1, end)], cue.entry.label):
                yield party, judged("prefix", cue, label, "unnamed", f"{cue.entry.lemma}-", None)
