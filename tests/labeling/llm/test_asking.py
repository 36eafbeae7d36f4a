from __future__ import annotations

import email.utils
import time

import pytest

from stance.labeling.llm.asking import read_completion, retry_after

REQUEST = {"messages": [{"content": "x" * 400}]}


@pytest.mark.parametrize(
    ("asked", "seconds"), [("3", 3.0), ("0.5", 0.5), ("-1", 0.0), ("soon", None), ("", None)]
)
def test_retry_after_in_seconds(asked: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": asked}) == seconds


def test_retry_after_as_a_date() -> None:
    date = email.utils.formatdate(time.time() + 30, usegmt=True)
    assert retry_after({"retry-after": date}) == pytest.approx(30, abs=2)


def test_tokens_are_estimated_where_nobody_counts() -> None:
    body = '{"choices": [{"message": {"content": "abcdefgh"}}]}'
    reply = read_completion(body, REQUEST)
    assert reply is not None
    assert (reply.input_tokens, reply.output_tokens) == (100, 2)


@pytest.mark.parametrize(
    "body",
    ["", "null", "[]", "{}", '{"choices": [{"message": null}]}', '{"choices": [{"message": 3}]}'],
)
def test_what_is_no_completion(body: str) -> None:
    assert read_completion(body, REQUEST) is None
