from __future__ import annotations

import pytest

from tests.labeling.asking import asked


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Orlev called Count Dace a liar.", "opposition"),
        ('Orlev described Count Dace as "a hero of our time".', "support"),
        ("Count Dace was called a crook by Orlev.", "opposition"),
        ("Orlev said Count Dace was corrupt.", "opposition"),
        ('"Count Dace is a coward," said Orlev.', "opposition"),
        ('"Count Dace is a coward," Orlev said on Monday.', "opposition"),
        ("According to Orlev, Count Dace lied to the council.", "opposition"),
        ("Orlev says that Count Dace must resign.", "opposition"),
        ("Orlev demanded that Count Dace resign.", "opposition"),
        ("Orlev wants Count Dace to step down.", "opposition"),
        ("Orlev says Count Dace's hypocrisy is plain.", "opposition"),
        ("Orlev repeated its allegation that Count Dace took bribes.", "opposition"),
        ("Orlev: Count Dace is a disgrace", "opposition"),
        ("Orlev said Count Dace is no liar.", "support"),
        ("Orlev said Count Dace is not honest.", "opposition"),
    ],
)
def test_what_is_said_of_the_count_is_held_by_who_says_it(text: str, label: str) -> None:
    assert asked(text, "Orlev", "Count Dace")["Count Dace"] == (label, "Orlev")


def test_what_nobody_is_quoted_with_is_the_writers_own() -> None:
    assert asked("Count Dace is a disgrace.", "Count Dace")["Count Dace"] == (
        "opposition",
        "author",
    )


def test_a_quotation_without_a_speaker_has_no_known_holder() -> None:
    assert asked('"Count Dace is a coward."', "Count Dace")["Count Dace"] == ("opposition", None)


@pytest.mark.parametrize(
    "text",
    [
        "Orlev called on Count Dace to do the right thing.",
        "Orlev called Count Dace on Monday.",
        "Count Dace's guilty plea came on Monday.",
        "Count Dace said Orlev was brave.",
    ],
)
def test_other_words_around_the_count_say_nothing_of_him(text: str) -> None:
    assert asked(text, "Count Dace")["Count Dace"][0] == "neutral"


def test_those_who_fight_oppose_each_other() -> None:
    assert asked("Orlev and Count Dace fought at dawn.", "Orlev", "Count Dace") == {
        "Orlev": ("opposition", "Count Dace"),
        "Count Dace": ("opposition", "Orlev"),
    }
