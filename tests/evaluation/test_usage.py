"""Every decision on a test set is counted, in a file that survives a crash."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance.evaluation.usage import Decision, Ledger
from stance.schema.nouns import InputError


def _decision(verdict: str = "pass") -> Decision:
    return Decision("old", "new", verdict, "2031-04-11T10:00:00+00:00")


def test_counts_decisions_by_test_set(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "deep" / "usage.json")
    assert ledger.times_used("ab") == 0
    assert ledger.record("toy/dev", "ab", _decision()) == 1
    assert ledger.record("toy/dev", "ab", _decision("fail")) == 2
    assert ledger.record("toy/test", "cd", _decision()) == 1
    assert [d.verdict for d in Ledger(ledger.path).decisions("ab")] == ["pass", "fail"]
    assert [path.name for path in ledger.path.parent.iterdir()] == ["usage.json"]


def test_keeps_the_fingerprint_that_decided_last_by_name(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "usage.json")
    assert ledger.on_record("toy/dev") is None
    ledger.record("toy/dev", "ab", _decision())
    ledger.record("toy/test", "cd", _decision())
    assert (ledger.on_record("toy/dev"), ledger.on_record("toy/test")) == ("ab", "cd")
    ledger.record("toy/dev", "ef", _decision())
    assert ledger.on_record("toy/dev") == "ef"
    assert ledger.times_used("ab") == 1


def test_a_refusal_decides_nothing(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "usage.json")
    assert ledger.record("toy/dev", "ab", _decision("refused")) == 0
    assert not ledger.path.exists()


@pytest.mark.parametrize("content", ["", "[]", '{"other": 1}', '{"test_sets": 3}'])
def test_a_broken_record_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "usage.json"
    path.write_text(content)
    with pytest.raises(InputError, match="not a record of decisions"):
        Ledger(path).record("toy/dev", "ab", _decision())
    assert path.read_text() == content
