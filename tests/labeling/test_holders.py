from __future__ import annotations

import pytest

from stance.labeling.holders import holder_of
from stance.labeling.subjects import subject
from stance.schema.nouns import Span
from tests.labeling.asking import asked, read_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orlev praised Tarn.", 1),
        ("The Orlev administration praised Tarn.", 1),
        ("A spokesman for Orlev praised Tarn.", 1),
        ("A letter from Orlev praised Tarn.", 1),
        ("Orlev's lawyer praised Tarn.", 1),
        ("Tarn praised Tarn, not Orlev.", "self"),
        ("Critics of Orlev praised Tarn.", "unnamed"),
        ("A retired judge praised Tarn and Orlev.", "unnamed"),
        ("The court praised Tarn and Orlev.", "The court"),
        ("The president praised Tarn and Orlev.", "The president"),
        ("Ann Dace praised Tarn and Orlev.", "Ann Dace"),
        ("Orlev said he praised Tarn.", 1),
        ('"I praised Tarn," said Orlev.', 1),
    ],
)
def test_whom_a_subject_names(text: str, expected: int | str) -> None:
    reading = read_text(text, "Tarn", "Orlev")
    at = reading.words.index("praised")

    holder = holder_of(reading, subject(reading, at), 0)

    assert (holder.of(text) if isinstance(holder, Span) else holder) == expected


def test_he_is_who_was_named_last_in_the_sentences_before() -> None:
    from stance.labeling.lexicon import load_lexicon
    from stance.labeling.reading import read

    text = "Orlev came. He praised Tarn."
    sentence = Span(text.index("He"), len(text))
    places = [[Span(text.index("Tarn"), len(text) - 1)], [Span(0, 5)]]

    reading = read(text, sentence, places, load_lexicon())

    assert holder_of(reading, subject(reading, 1), 0) == 1


def test_i_without_a_speaker_is_nobody_known() -> None:
    assert asked("I praised Tarn.", "Tarn") == {"Tarn": ("support", None)}
