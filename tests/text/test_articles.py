from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from stance.schema.nouns import InputError
from stance.text.articles import read_articles, sound


def test_header_lines_describe_the_article(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("title: A bridge\ndate: 2030-01-02\nsource: wire\n\nIt fell.")

    (article,) = read_articles(tmp_path)

    assert (article.id, article.title, article.date) == ("one", "A bridge", date(2030, 1, 2))
    assert article.text == "It fell."


def test_a_date_before_the_story_is_taken_from_it(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(" date 2030-01-02 OSLO - It fell.")

    (article,) = read_articles(tmp_path / "one.txt")

    assert article.date == date(2030, 1, 2)
    assert article.text == "OSLO - It fell."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b" \n\n ", "the file is empty"),
        (b"\xff\xfe\x00broken", "not UTF-8 at byte 0"),
        (b"PK\x03\x04\x00\x00", "a binary file"),
        (b"date: yesterday\n\nText", "is not YYYY-MM-DD"),
    ],
)
def test_what_cannot_be_read_is_one_line_with_the_file(
    tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "bad.txt").write_bytes(content)

    with pytest.raises(InputError, match=said) as caught:
        list(read_articles(tmp_path / "bad.txt"))

    assert "bad.txt" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_without_articles_and_a_missing_place_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no articles here"):
        list(read_articles(tmp_path))
    with pytest.raises(InputError, match="no such file or folder"):
        list(read_articles(tmp_path / "nowhere"))


def test_what_cannot_be_read_in_a_folder_keeps_its_place_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"PK\x03\x04\x00\x00")
    (tmp_path / "b.txt").write_text("It fell.")

    broken, fine = read_articles(str(tmp_path))

    assert (broken.id, broken.text) == ("a", "")
    assert "a.txt: a binary file" in broken.fault
    assert (fine.id, fine.fault) == ("b", "")
    with pytest.raises(InputError, match="a binary file"):
        list(sound([fine, broken]))
