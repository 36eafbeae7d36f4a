from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from stance.labeling.people.checking import Checker
from stance.labeling.people.marks import Held, Mark
from stance.schema.nouns import Span
from stance.schema.table import VOTES, to_arrow
from tests.labeling.people.conftest import BEFORE, SENTENCE

TEXT = BEFORE + SENTENCE
ORLEV = Span(TEXT.index("Orlev"), TEXT.index("Orlev") + 5)
GOOD = Mark(
    "f.csv: row 2",
    "a1:1:Orlev:any",
    text=TEXT,
    span=ORLEV,
    words="Orlev",
    label="opposition",
    annotator="ann",
    time="2026-01-02T03:04:05Z",
    codebook="1.1",
)
NOTHING = pd.DataFrame(columns=list(VOTES))


def checked(table: pd.DataFrame, *marks: Mark, kept: pd.DataFrame = NOTHING) -> Any:
    return Checker(table, kept).check(marks)


def test_a_sound_mark_is_a_vote_with_annotator_time_and_version(table) -> None:
    held = (Held("party", "Tarn"), Held("unnamed"))

    found = checked(table, replace(GOOD, holders=held, comment="plain"))

    assert found.faults == []
    first, second = found.votes
    assert (first["annotator"], first["time"], first["codebook"]) == ("ann", GOOD.time, "1.1")
    assert (first["kind"], first["label"], first["evidence"]) == ("person", "opposition", "plain")
    assert (first["holder_party"], first["holder_kind"]) == ("Tarn", "party")
    assert second["holder_kind"] == "unnamed"
    assert to_arrow(found.votes, VOTES).num_rows == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"span": Span(1, 6)},
            r"\[1, 6\) holds 't rai', but the target 'Orlev' stands at \[48, 53\)",
        ),
        ({"span": Span(900, 905)}, r"\[900, 905\) holds ''"),
        ({"label": "love"}, "label 'love' is none of opposition, neutral, support"),
        ({"label": "abstain"}, "label 'abstain' is none of"),
        ({"annotator": ""}, "the annotator is missing"),
        ({"pair_id": "a9:1:Orlev:any"}, "pair 'a9:1:Orlev:any' is not among the pairs"),
        ({"text": TEXT.replace("denounced", "praised")}, "its text is not the pair's"),
        ({"span": None, "words": "Dace"}, "names 'Dace', but the target is 'Orlev'"),
        ({"holders": (Held("party", "Dace"),)}, "the holder 'Dace' does not stand"),
        ({"holders": (Held("party", "Tarn", Span(0, 4)),)}, "the holder 'Tarn' does not stand"),
        ({"holders": (Held("pope"),)}, "holder_kind 'pope' is none of party, author"),
        ({"label": "neutral", "holders": (Held("author"),)}, "neutral has none"),
        ({"fault": "is no task", "label": ""}, "is no task"),
    ],
)
def test_a_fault_is_named_by_its_row_and_the_good_rows_are_kept(change, said, table) -> None:
    other = replace(GOOD, where="f.csv: row 3", pair_id="a2:1:Orlev:any")

    found = checked(table, replace(GOOD, **change), other)

    (fault,) = found.faults
    assert fault.startswith("f.csv: row 2: ")
    assert re.search(said, fault), fault
    assert [vote["pair_id"] for vote in found.votes] == ["a2:1:Orlev:any"]
    assert found.counts == {"not taken": 1, "taken": 1}


def test_offsets_in_the_sentence_alone(table) -> None:
    span = Span(SENTENCE.index("Orlev"), SENTENCE.index("Orlev") + 5)
    alone = replace(GOOD, alone=True, text=SENTENCE, span=span)

    assert checked(table, alone).faults == []
    (fault,) = checked(table, replace(alone, span=span.shift(1))).faults
    assert "holds 'rlev.'" in fault
    assert f"stands at [{span.start}, {span.end})" in fault


def test_what_a_spreadsheet_changes_is_no_edit(table) -> None:
    found = checked(table, replace(GOOD, text=TEXT.replace(". ", ".\r\n"), words="'Orlev"))
    assert found.faults == []


def test_a_second_label_by_the_same_person_is_named_with_the_first(table) -> None:
    again = replace(GOOD, where="f.csv: row 9", label="support")
    by_another = replace(GOOD, where="f.csv: row 10", annotator="ben")

    found = checked(table, GOOD, again, by_another)

    assert found.faults == ["f.csv: row 9: ann labels this target twice; first at f.csv: row 2"]
    assert [(v["annotator"], v["label"]) for v in found.votes] == [
        ("ann", "opposition"),
        ("ben", "opposition"),
    ]


def test_what_is_kept_is_never_overwritten(table) -> None:
    kept = pd.DataFrame(checked(table, GOOD).votes)

    same = checked(table, GOOD, kept=kept)
    changed = checked(table, replace(GOOD, label="support"), kept=kept)

    assert (same.votes, same.faults, same.counts) == ([], [], {"known already": 1})
    assert changed.votes == []
    assert "ann says support, but opposition is kept from before" in changed.faults[0]


def test_what_nobody_labelled_yet_is_counted_and_no_fault(table) -> None:
    found = checked(table, replace(GOOD, label=""))
    assert (found.votes, found.faults, found.counts) == ([], [], {"not labelled yet": 1})
