from __future__ import annotations

import pytest

from tests.labeling.asking import asked


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Orlev praised Count Dace for his patience.", "support"),
        ("Orlev has criticised the ailing Count Dace.", "opposition"),
        ("Orlev voted against Count Dace on Monday.", "opposition"),
        ("Orlev imposed sanctions on Count Dace.", "opposition"),
        ("Orlev welcomed Mr Brown and Count Dace.", "support"),
        ("Orlev, once a baker, condemned Count Dace.", "opposition"),
        ("Orlev on Friday endorsed Count Dace.", "support"),
        ("Orlev, who had dined with Vey, denounced Count Dace.", "opposition"),
        ("Orlev wrote a long letter thanking Count Dace.", "support"),
        ("Orlev voted to impeach Count Dace.", "opposition"),
        ("Orlev came late and attacked Count Dace.", "opposition"),
        ("While attacking Count Dace, Orlev said nothing new.", "opposition"),
        ("Orlev lashed out at Count Dace.", "opposition"),
        ("Orlev threw its weight behind Count Dace.", "support"),
        ("Orlev put Count Dace on trial.", "opposition"),
        ("Orlev's spokesman condemned Count Dace.", "opposition"),
        ("Orlev recognised Count Dace as president.", "support"),
        ("Orlev froze the accounts of Count Dace.", "opposition"),
        ("Orlev went on strike against Count Dace.", "opposition"),
        ("Orlev sued Count Dace over the ferry.", "opposition"),
        ("Orlev bombed Count Dace at dawn.", "opposition"),
    ],
)
def test_what_orlev_does_to_the_count_is_held_by_orlev(text: str, label: str) -> None:
    found = asked(text, "Orlev", "Count Dace")

    assert found["Count Dace"] == (label, "Orlev")
    assert found["Orlev"] == ("neutral", None)


@pytest.mark.parametrize(
    "text",
    [
        "Orlev refused to condemn Count Dace.",
        "Orlev did not endorse Count Dace.",
        "Orlev doesn’t condemn Count Dace.",
        "Orlev would support Count Dace if he asked.",
        "Orlev stopped short of backing Count Dace.",
        "Orlev is weighing whether to sue Count Dace.",
        "Orlev might praise Count Dace.",
        "Orlev scrapped a plan to sue Count Dace.",
        "Orlev met Count Dace in the rain.",
        "Orlev lost to Count Dace by nine votes.",
        "Orlev praised a nephew of Count Dace.",
        "Orlev praised Count Dace's nephew, Anton Vey.",
        "Orlev criticised the Count Dace aides outside.",
        "Orlev sold Count Dace forty rifles.",
        "Orlev urged Count Dace to mend the road.",
    ],
)
def test_a_stance_denied_imagined_or_toward_others_is_none(text: str) -> None:
    assert asked(text, "Orlev", "Count Dace")["Count Dace"][0] == "neutral"


@pytest.mark.parametrize("verb", ["trust", "support", "believe in", "agree with"])
def test_a_stance_that_is_due_and_withheld_is_opposition(verb: str) -> None:
    assert asked(f"Orlev does not {verb} Count Dace.", "Orlev", "Count Dace")["Count Dace"] == (
        "opposition",
        "Orlev",
    )


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Count Dace was denounced by Orlev.", "Orlev"),
        ("Count Dace was arrested on Friday.", "unnamed"),
        ("Count Dace has been sharply criticised by the guards.", "unnamed"),
        ("Count Dace, accused of theft by Orlev, left town.", "Orlev"),
        ("Count Dace, whom Orlev denounced, left town.", "Orlev"),
        ("The bashing of Count Dace by Orlev went on.", "Orlev"),
    ],
)
def test_the_passive_turns_the_roles_around(text: str, holder: str) -> None:
    parties = ("Count Dace", "Orlev") if "Orlev" in text else ("Count Dace",)

    found = asked(text, *parties)

    assert found["Count Dace"] == ("opposition", holder)
    assert found.get("Orlev", ("neutral", None)) == ("neutral", None)


def test_what_is_his_own_counts_for_him() -> None:
    assert asked("Orlev condemned Count Dace's decision.", "Count Dace")["Count Dace"] == (
        "opposition",
        "Orlev",
    )
    assert asked("Orlev condemned the policies of Count Dace.", "Count Dace")["Count Dace"] == (
        "opposition",
        "Orlev",
    )
    assert asked("Orlev met Count Dace and praised his plan.", "Count Dace")["Count Dace"] == (
        "support",
        "Orlev",
    )


def test_him_is_who_was_named_last_and_does_not_act() -> None:
    found = asked("Orlev questioned Count Dace and dismissed him.", "Orlev", "Count Dace")

    assert found == {"Orlev": ("neutral", None), "Count Dace": ("opposition", "Orlev")}


def test_what_somebody_says_for_themself_does_not_count() -> None:
    assert asked("Orlev defended Orlev.", "Orlev")["Orlev"][0] == "neutral"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("HARBOUR NEWS: Orlev Slams Count Dace Over Ferry", "opposition"),
        ("Thank Count Dace for the ovens.", "support"),
    ],
)
def test_headlines_and_imperatives(text: str, label: str) -> None:
    assert asked(text, "Count Dace")["Count Dace"][0] == label
