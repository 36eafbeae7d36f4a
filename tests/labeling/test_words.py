from __future__ import annotations

from pathlib import Path

import pytest

from stance.labeling.words import WORDS_FILE, load_words
from stance.schema.nouns import InputError


def test_no_and_on_are_words() -> None:
    words = load_words()

    assert words.kinds["no"] == "n"
    assert words.kinds["on"] == "p"
    assert "past" in words.verbs["withdrew"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  determiner: [", "  determinator: [", "kind 'determinator'; there are determiner"),
        ("reporting: [say,", "reporting: say\nunreported: [say,", "the words need the keys"),
        ("times: [week,", "times: week\nx: [week,", "the words need the keys"),
        ("doubling: [admit, ", "doubling: [[admit], ", "is no word"),
    ],
)
def test_a_fault_is_one_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = WORDS_FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "words.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(InputError, match=said) as caught:
        load_words(path)

    assert str(caught.value).startswith(f"{path}:")
