"""The suite is large, varied, well-formed and the same every time."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from stance.evaluation.behaviour.sentences import Marked, read_cast, read_written
from stance.evaluation.behaviour.suite import load_suite
from stance.evaluation.behaviour.variants import OPERATIONS
from stance.schema.nouns import LABELS, TAGS, InputError
from stance.schema.table import PAIRS, violations, write_table

SENTENCE = Marked("x", "{Norway|norway} backed {Kenya|kenya} in {Riga|riga} without hesitation.")


def test_has_600_cases_over_15_capabilities_and_more() -> None:
    suite = load_suite()
    assert len(suite.cases) >= 600
    assert len({case.capability for case in suite.cases}) >= 15
    minimum = [case for case in suite.cases if case.kind == "minimum"]
    assert len(minimum) >= 400
    assert min(Counter(case.label for case in minimum).values()) >= 90


def test_every_hard_case_tag_has_its_minimum_functionality() -> None:
    counts = Counter(case.capability for case in load_suite().cases if case.kind == "minimum")
    assert all(counts[tag] >= 10 for tag in TAGS), counts


def test_the_sentences_are_varied() -> None:
    # given the sentences without the names in them
    texts = [item.sentence.plain()[0] for item in read_written() if item.kind == "minimum"]
    # then none stands twice, and few begin alike
    assert len(set(texts)) == len(texts) >= 300
    verbs = Counter(" ".join(text.lower().split()[-3:]) for text in texts)
    assert verbs.most_common(1)[0][1] <= 3


def test_the_pairs_keep_the_tables_contract(tmp_path: Path) -> None:
    suite = load_suite()
    write_table(suite.pairs, tmp_path / "pairs.parquet", PAIRS)
    assert list(violations(tmp_path / "pairs.parquet")) == []
    known = set(suite.pairs["pair_id"])
    assert {case.pair for case in suite.cases} <= known
    assert {case.base for case in suite.cases if case.base} <= known


def test_no_party_gives_the_label_away() -> None:
    labels: dict[str, Counter[str]] = {}
    for case in load_suite().cases:
        if case.kind == "minimum":
            labels.setdefault(case.pair.rsplit(":", 1)[1], Counter())[case.label] += 1
    common = Counter(case.label for case in load_suite().cases if case.kind == "minimum")
    best = sum(max(counts.values()) for counts in labels.values())
    assert best / common.total() - max(common.values()) / common.total() < 0.10


def test_context_comes_before_and_own_mentions_first() -> None:
    # given
    marked = Marked("x", "Then {he|brandt} left.", "{Hugo Brandt|brandt} sat down.")
    # when
    window, start, found = marked.plain()
    # then
    assert window == "Hugo Brandt sat down. Then he left."
    assert window[start:] == "Then he left."
    assert [span.of(window) for span in found["brandt"]] == ["he", "Hugo Brandt"]


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_operations_keep_marks_whole(operation: str) -> None:
    cast = read_cast()
    changed = OPERATIONS[operation](SENTENCE, cast, random.Random(3))
    assert changed is not None
    text, places = changed
    sentence = SENTENCE.changed("y", text)
    window, _, found = sentence.plain()
    assert not set("{}|") & set(window.replace(" | ", ""))
    assert len(found) == 3
    assert text != SENTENCE.text
    assert set(places) <= {"norway", "kenya", "riga"}


def test_swaps_stay_within_a_kind() -> None:
    cast = read_cast()
    for seed in range(20):
        for operation, kind in (("party", "country"), ("city", "city")):
            changed = OPERATIONS[operation](SENTENCE, cast, random.Random(seed))
            assert changed is not None
            ((old, new),) = changed[1].items()
            assert cast[old].kind == cast[new].kind == kind
            assert new not in SENTENCE.parties()


def test_roles_are_exchanged() -> None:
    changed = OPERATIONS["roles"](SENTENCE, read_cast(), random.Random(0))
    assert changed is not None
    assert changed[0].startswith("{Kenya|kenya} backed {Norway|norway}")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("capability: x", "expected capability"),
        ("capability: x\nkind: odd\ncases: []", "kind 'odd'"),
        ("capability: x\ncases: [{text: Hello.}]", "expected before, expect, text"),
        ("capability: x\ncases: [{text: Hello., expect: {norway: support}}]", "norway is not in"),
        ("capability: x\ncases: [{text: '{A|a} ran.', expect: {a: support}}]", "not in the cast"),
        ("capability: x\ncases: [{text: '{A|peru} ran.', expect: {peru: pro}}]", "label pro"),
        ("a: [", "not readable as YAML"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "broken.yaml").write_text(content)
    with pytest.raises(InputError, match=words) as caught:
        list(read_written(tmp_path))
    assert "broken.yaml" in str(caught.value)


def test_labels_are_the_three() -> None:
    assert {case.label for case in load_suite().cases if case.label} == set(LABELS)
