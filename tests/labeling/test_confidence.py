from __future__ import annotations

from pathlib import Path

import pytest

from stance.labeling.confidence import UNMEASURED, load_confidence
from stance.labeling.rules import BUILT_IN
from stance.schema.nouns import InputError

TEXT = "silent: [10, 7]\nrules:\n  verb: [98, 89]\nentries:\n  verb:\n    praise: [6, 0]\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "measured.yaml"
    path.write_text(text)
    return path


def test_a_words_own_precision_is_drawn_toward_its_rules(tmp_path: Path) -> None:
    found = load_confidence(written(tmp_path, TEXT))

    assert found.of("verb", "thank") == pytest.approx(0.9)
    assert found.of("verb", "praise") == pytest.approx(0.45)
    assert found.of("somebody's own", "") == UNMEASURED
    assert found.of_silence == pytest.approx(8 / 12)


def test_every_rule_that_comes_along_was_measured() -> None:
    known = load_confidence().rules

    assert set(BUILT_IN) - set(known) == set()
    assert all(count.right <= count.votes for count in known.values())


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [("[98, 89]", "[98, 99]", 3), ("[6, 0]", "[6]", 6), ("silent", "quiet", 1)],
)
def test_a_fault_names_its_line(tmp_path: Path, old: str, new: str, line: int) -> None:
    path = written(tmp_path, TEXT.replace(old, new))

    with pytest.raises(InputError, match=f"measured.yaml:{line}: "):
        load_confidence(path)
