from __future__ import annotations

import pytest

from stance.labeling.tagging import is_headline
from tests.labeling.asking import read_text


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("They attack the mayor.", "attack", "v"),
        ("The attack on the mayor was brief.", "attack", "w"),
        ("Tarn attacks the mayor.", "attacks", "v"),
        ("The mayor's attacks were brief.", "attacks", "w"),
        ("The bombing of the pier was brief.", "bombing", "g"),
        ("Tarn rebuilt and renewed the pier.", "renewed", "v"),
        ("He said May had left.", "may", "x"),
        ("You may leave.", "may", "m"),
        ("Tarn spoke on Friday night.", "friday", "b"),
        ("I like the mayor.", "like", "v"),
        ("A mayor like him is rare.", "like", "p"),
        ("It’s raining.", "'s", "a"),
        ("The mayor’s hat is wet.", "'s", "s"),
        ("He doesn’t care.", "n't", "n"),
        ("Consumer groups met.", "consumer", "w"),
        ("Orlev met the groups.", "orlev", "x"),
    ],
)
def test_the_kind_of_a_word_is_told_by_its_neighbours(text: str, word: str, kind: str) -> None:
    reading = read_text(text)

    assert reading.kinds[reading.words.index(word)] == kind


def test_in_a_headline_capitals_are_no_names() -> None:
    reading = read_text("Tarn Slams Old Harbour Board Over Ferry Fares", "Tarn")

    assert is_headline(reading.raw)
    assert reading.kinds[1] == "v"


def test_a_partys_own_words_are_a_name_whatever_they_are() -> None:
    reading = read_text("the fishermen cheered.", "fishermen")

    assert reading.kinds[1] == "x"
