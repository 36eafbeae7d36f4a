from __future__ import annotations

import pytest

from stance.labeling.subjects import subject
from tests.labeling.asking import read_text


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Orlev praised Tarn.", "praised", "Orlev"),
        ("Orlev has never praised Tarn.", "praised", "Orlev"),
        ("The head of the League praised Tarn.", "praised", "The head"),
        ("Orlev, the mayor of Bree, praised Tarn.", "praised", "Orlev"),
        ("The foreign minister, Ann Orlev, praised Tarn.", "praised", "Ann Orlev"),
        ("Orlev (R-Ky.) praised Tarn.", "praised", "Orlev"),
        ("Orlev, who last week praised Tarn, left.", "praised", "Orlev"),
        ("Orlev rose and praised Tarn.", "praised", "Orlev"),
        ("Orlev wants to praise Tarn.", "praise", "Orlev"),
        ("Orlev urged the court to praise Tarn.", "praise", "Orlev"),
        ("Orlev wrote letters praising Tarn.", "praising", "Orlev"),
        ("While praising Tarn, Orlev frowned.", "praising", "Orlev"),
        ("Orlev said Dace praised Tarn.", "praised", "Dace"),
        ("Orlev and her friends, including many in Bree, praised Tarn.", "praised", "Orlev"),
        ("Orlev herself praised Tarn.", "praised", "Orlev"),
    ],
)
def test_the_subject_of_a_verb(text: str, verb: str, expected: str) -> None:
    reading = read_text(text)

    found = subject(reading, reading.words.index(verb))

    assert found is not None
    assert reading.span(found.start, found.end).of(text) == expected


def test_a_verb_without_a_subject_has_none() -> None:
    reading = read_text("Praised and praised again.")

    assert subject(reading, 2) is None


def test_what_is_said_of_one_verb_is_not_said_of_the_next() -> None:
    reading = read_text("Orlev did not come and praised Tarn.")
    at = reading.words.index("praised")

    found = subject(reading, at)

    assert found is not None
    assert reading.words[found.chain : at] == ()
