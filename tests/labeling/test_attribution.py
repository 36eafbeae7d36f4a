from __future__ import annotations

import pytest

from stance.labeling.attribution import speaker_at
from tests.labeling.asking import read_text


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('"Tarn is brave," said Orlev.', "Orlev"),
        ('"Tarn is brave," Orlev told the council.', "Orlev"),
        ("Orlev said Tarn is brave.", "Orlev"),
        ("Orlev said on Monday that Tarn is brave.", "Orlev"),
        ("Tarn is brave, according to Orlev.", "Orlev"),
        ("Orlev: Tarn is brave", "Orlev"),
        ("Dace says Orlev believes that Tarn is brave.", "Orlev"),
    ],
)
def test_who_says_that_tarn_is_brave(text: str, speaker: str) -> None:
    reading = read_text(text)

    found = speaker_at(reading, reading.words.index("brave"))

    assert found is not None
    assert reading.span(found.start, found.end).of(text) == speaker


def test_nobody_is_quoted_in_plain_words() -> None:
    reading = read_text("Tarn is brave.")

    assert speaker_at(reading, reading.words.index("brave")) is None
