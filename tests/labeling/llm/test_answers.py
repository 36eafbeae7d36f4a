from __future__ import annotations

import json

import pytest

from stance.labeling.llm.answers import Said, read_answer, schema


def answer(*entries: dict) -> str:
    base = {"label": "neutral", "holder_kind": "none", "holder": 0, "why": ""}
    return json.dumps({"answers": [base | entry for entry in entries]})


def test_an_answer_in_a_code_fence_is_read() -> None:
    content = f"```json\n{answer({'target': 1, 'label': 'mixed'})}\n```"
    assert read_answer(content, 1) == [Said("mixed", None, "")]


def test_a_target_that_is_missing_or_doubled_is_unreadable_by_itself() -> None:
    content = answer({"target": 1}, {"target": 3}, {"target": 3}, {"target": 9})
    assert read_answer(content, 3) == [Said("neutral", None, ""), None, None]


@pytest.mark.parametrize(
    ("entry", "holder"),
    [
        ({"holder_kind": "party", "holder": 2}, 1),
        ({"holder_kind": "party", "holder": 1}, None),
        ({"holder_kind": "party", "holder": 7}, None),
        ({"holder_kind": "party", "holder": True}, None),
        ({"holder_kind": "author"}, "author"),
        ({"holder_kind": "none"}, None),
        ({"holder_kind": "the Pope"}, None),
    ],
)
def test_holders(entry: dict, holder: object) -> None:
    content = answer({"target": 1, "label": "support", **entry}, {"target": 2})
    found = read_answer(content, 2)[0]
    assert found is not None
    assert found.holder == holder


def test_neutral_has_no_holder() -> None:
    content = answer({"target": 1, "holder_kind": "party", "holder": 2}, {"target": 2})
    assert read_answer(content, 2)[0] == Said("neutral", None, "")


def test_the_schema_is_strict_and_knows_the_targets() -> None:
    found = schema(2)
    entry = found["properties"]["answers"]["items"]
    assert found["additionalProperties"] is entry["additionalProperties"] is False
    assert entry["required"] == list(entry["properties"])
    assert entry["properties"]["target"]["enum"] == [1, 2]
    assert "abstain" not in entry["properties"]["label"]["enum"]
