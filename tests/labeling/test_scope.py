from __future__ import annotations

import pytest

from stance.labeling.scope import taken_away
from stance.labeling.subjects import subject
from tests.labeling.asking import read_text


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Orlev did not praise Tarn.", ("denied", "not")),
        ("Orlev refuses to praise Tarn.", ("refused", "refuses to")),
        ("Orlev may praise Tarn.", ("imagined", "may")),
        ("Orlev would praise Tarn if asked.", ("imagined", "would if")),
        ("Nobody knows whether Orlev will praise Tarn.", ("imagined", "whether")),
        ("Orlev will praise Tarn.", None),
        ("Orlev vowed to praise Tarn.", None),
        ("Orlev not only came to praise Tarn.", None),
        ("After the debate Orlev will praise Tarn.", None),
    ],
)
def test_what_stands_before_a_stance_word(text: str, how: tuple[str, str] | None) -> None:
    reading = read_text(text)
    at = reading.words.index("praise")

    assert taken_away(reading, at, subject(reading, at)) == how
