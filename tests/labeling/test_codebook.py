from __future__ import annotations

from pathlib import Path

import pytest

from stance.labeling.codebook import CODEBOOK_FILE, guideline, load_codebook, render
from stance.schema.nouns import CODEBOOK, InputError

ROOT = Path(__file__).parents[2]


def test_the_page_is_what_the_codebook_prints() -> None:
    page = (ROOT / "docs/codebook.md").read_text(encoding="utf-8")

    assert page == render(), "run: python -m stance.labeling.codebook > docs/codebook.md"


def test_labels_made_now_carry_the_codebooks_version() -> None:
    assert load_codebook().version == CODEBOOK


def test_the_page_has_an_example_and_a_reason_for_each_case() -> None:
    page = render()

    for case in load_codebook().cases:
        assert case.example in page
        assert case.reason in page


def test_a_guideline_names_every_case_once_and_leaves_examples_out_when_asked() -> None:
    whole, short = guideline(), guideline(examples=False)

    for case in load_codebook().cases:
        assert whole.count(case.case.replace("`", "")) == 1
        assert case.example.replace("`", "") in whole
        assert case.example not in short


def test_newer_cases_are_those_since_a_later_version() -> None:
    book = load_codebook()

    newer = book.newer_than("1.0")

    assert {case.since for case in newer} == {"1.1"}
    assert len(newer) == 13
    assert book.newer_than(book.version) == ()


def test_a_case_touches_the_sentences_that_its_cues_find() -> None:
    court = next(case for case in load_codebook().cases if case.id == "court")

    assert court.touches("The tribunal Struck Down the curfew.")
    assert not court.touches("The courtyard was empty.")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: holder", "id: self", "case 'self' stands twice"),
        ("label: opposition", "label: against", "needs target, holder, and a label"),
        ("target: Dunn", "target: Zorn", "'Zorn' does not stand in the example"),
        ('since: "1.0"', 'since: "0.9"', "since '0.9' is none of the versions"),
        ("reason: Everyone", "because: Everyone", "because, reason"),
        ("cues: ['lawyers?'", "cues: ['lawyers(?'", "is no regular expression"),
        ("cues: ['lawyers?'", "cues: []\n    cuez: ['lawyers?'", "a case has the keys"),
        ('version: "1.1"', 'version: "1.2"', "changes do not tell of version 1.2"),
        ("unit: >-", "units: >-", "a codebook has the keys"),
    ],
)
def test_a_fault_is_one_line_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = CODEBOOK_FILE.read_text(encoding="utf-8")
    path = tmp_path / "codebook.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(InputError, match=said) as caught:
        load_codebook(path)

    assert str(caught.value).startswith(f"{path}:")
    assert "\n" not in str(caught.value)
