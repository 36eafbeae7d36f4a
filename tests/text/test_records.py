from __future__ import annotations

from datetime import date

import pytest

from stance.text.records import article_of


def test_columns_go_by_their_usual_names() -> None:
    row = {
        "Headline": "A bridge",
        "full text": "It fell.",
        "Published-At": "2024-01-02T03:04:05Z",
        "source": {"id": None, "name": "Vale Post"},
        "URL": "https://vale.example/1",
        "Doc ID": 17.0,
        "lang": "en-GB",
    }

    article = article_of(row, "file-1", "file: row 1")

    assert (article.id, article.title, article.text) == ("17", "A bridge", "It fell.")
    assert (article.date, article.source) == (date(2024, 1, 2), "Vale Post")
    assert (article.url, article.language) == ("https://vale.example/1", "en-GB")


def test_offsets_stay_those_of_the_row() -> None:
    text = "  It fell.\r\n\r\nIt rained.\0 \ud800 "

    article = article_of({"text": text}, "file-1", "file: row 1")

    assert article.text == "  It fell.\r\n\r\nIt rained.\ufffd \ufffd "


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (float("nan"), ""),
        (["One.", "Two."], "One.\n\nTwo."),
        (b"One.", "One."),
        (7, "7"),
    ],
)
def test_a_text_may_come_in_other_types(value: object, text: str) -> None:
    article = article_of({"text": value}, "a", "where")

    assert (article.text, article.fault) == (text, "")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"title": "A bridge"}, "no column of article text, only id, title; name it `text`"),
        ({}, "only id; name"),
        ({"text": {"html": "x"}}, "text: holds dict, not text"),
        ({"text": [["deep"]]}, "text: holds list, not text"),
        ({"text": b"\xff"}, "text: 'utf-8' codec can't decode"),
    ],
)
def test_a_row_without_text_says_so_and_keeps_its_id(row: dict[str, object], said: str) -> None:
    article = article_of({"id": "seven", **row}, "a", "file: row 7")

    assert (article.id, article.text) == ("seven", "")
    assert article.fault.startswith("file: row 7: ")
    assert said in article.fault


@pytest.mark.parametrize("id", ["", None, "x" * 501, float("nan"), {"a": 1}])
def test_an_id_that_is_none_is_replaced(id: object) -> None:
    assert article_of({"id": id, "text": "x"}, "file-9", "where").id == "file-9"
