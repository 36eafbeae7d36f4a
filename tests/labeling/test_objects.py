from __future__ import annotations

import pytest

from stance.labeling.objects import objects
from tests.labeling.asking import read_text


def found(text: str, after: str) -> list[tuple[str, str]]:
    reading = read_text(text)
    places = objects(reading, reading.words.index(after) + 1)
    return [(reading.span(p.start, p.end).of(text), p.role) for p in places]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They praised Ann Tarn for it.", [("Ann Tarn", "head")]),
        ("They praised the ailing mayor, Ann Tarn.", [("Ann Tarn", "head")]),
        (
            "They praised Tarn, Orlev and Dace.",
            [("Tarn", "head"), ("Orlev", "head"), ("Dace", "head")],
        ),
        ("They praised Tarn's plan.", [("Tarn", "owner")]),
        ("They praised the Tarn plan.", [("Tarn", "modifier")]),
        ("They praised the plan of Tarn.", [("Tarn", "of")]),
        ("They praised a plan by Tarn.", [("Tarn", "by")]),
        ("They praised him.", [("him", "pronoun")]),
        ("They praised his plan.", [("his", "pronoun")]),
        ("They praised Tarn, and Orlev left.", [("Tarn", "head")]),
        ("They praised the new rule, Tarn said.", []),
        ("They praised that Tarn had come.", []),
    ],
)
def test_who_stands_behind_a_verb(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, "praised") == expected
