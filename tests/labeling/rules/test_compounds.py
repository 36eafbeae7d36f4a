from __future__ import annotations

from tests.labeling.asking import asked


def test_compounds_carry_a_stance_and_its_holder() -> None:
    found = asked("Orlev-backed Count Dace met anti-Tarn marchers.", "Orlev", "Count Dace", "Tarn")

    assert found["Orlev"] == ("neutral", None)
    assert found["Count Dace"] == ("support", "Orlev")
    assert found["Tarn"] == ("opposition", "unnamed")


def test_a_prefix_is_for_or_against() -> None:
    assert asked("A pro-Tarn crowd sang.", "Tarn") == {"Tarn": ("support", "unnamed")}


def test_other_hyphens_say_nothing() -> None:
    found = asked("The Orlev-led talks with Count Dace went on.", "Orlev", "Count Dace")

    assert {label for label, _ in found.values()} == {"neutral"}
