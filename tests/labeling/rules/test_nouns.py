from __future__ import annotations

import pytest

from tests.labeling.asking import asked


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Orlev voiced its support for Count Dace.", "support"),
        ("Orlev's criticism of Count Dace was brief.", "opposition"),
        ("Criticism of Count Dace by Orlev went on.", "opposition"),
        ("Orlev announced new sanctions against Count Dace.", "opposition"),
        ("Orlev renewed its sharp attack on Count Dace.", "opposition"),
        ("Orlev has no confidence in Count Dace.", "opposition"),
        ("Orlev filed a lawsuit against Count Dace.", "opposition"),
        ("Orlev is critical of Count Dace.", "opposition"),
        ("Orlev is not convinced by Count Dace.", "opposition"),
        ("Orlev said it was proud of Count Dace.", "support"),
        ("Count Dace faced criticism from Orlev.", "opposition"),
        ("Count Dace has the backing of Orlev.", "support"),
        ("Orlev, a critic of Count Dace, was ill.", "opposition"),
        ("Orlev, an early Count Dace supporter, was ill.", "support"),
        ("The arrest of Count Dace by Orlev was brief.", "opposition"),
    ],
)
def test_nouns_and_adjectives_find_target_and_holder(text: str, label: str) -> None:
    found = asked(text, "Orlev", "Count Dace")

    assert found["Count Dace"] == (label, "Orlev")
    assert found["Orlev"] == ("neutral", None)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Count Dace's arrest surprised nobody.", "opposition"),
        ("Count Dace's critics met in the rain.", "opposition"),
        ("Count Dace supporters jeered.", "support"),
    ],
)
def test_whoever_is_not_named_is_unnamed(text: str, label: str) -> None:
    assert asked(text, "Count Dace")["Count Dace"] == (label, "unnamed")


@pytest.mark.parametrize(
    "text",
    [
        "Orlev said it never felt hostility to Count Dace.",
        "Orlev condemned an attack on Count Dace.",
        "Orlev lifted sanctions on Count Dace.",
        "Count Dace aides met Orlev.",
        "Count Dace is an ally of Orlev.",
    ],
)
def test_a_noun_that_is_denied_undone_or_condemned_says_nothing(text: str) -> None:
    assert asked(text, "Orlev", "Count Dace")["Count Dace"][0] == "neutral"


def test_their_support_is_the_support_of_those_who_voice_it() -> None:
    found = asked(
        "Tarn met Dace, while Orlev voiced its support for Bren.", "Tarn", "Orlev", "Bren"
    )
    assert found["Bren"] == ("support", "Orlev")
