from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest

from stance.schema.nouns import Article, InputError
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


def test_a_folder_of_everything_keeps_its_order_and_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>It fell.</p>")
    (tmp_path / "b.csv").write_text("id,text\none,It rained.\none,It blew.\n")
    (tmp_path / "c.jsonl").write_text('{"text": "It froze."}\n{"broken\n')
    (tmp_path / "d.parquet").write_bytes(b"PAR1")
    (tmp_path / "e.md").write_text("# Thaw\n\nIt *thawed*.")
    (tmp_path / "f.jsonl").write_text("")

    articles = list(read_articles(tmp_path))

    assert [(article.id, article.text) for article in articles] == [
        ("a", "It fell."),
        ("one", "It rained."),
        ("one~3", "It blew."),
        ("c-1", "It froze."),
        ("c-2", ""),
        ("d", ""),
        ("e", "It thawed."),
    ]
    assert "c.jsonl: row 2: broken JSON" in articles[4].fault
    assert "d.parquet: not a Parquet file" in articles[5].fault
    assert articles[6].title == "Thaw"
    assert articles == list(read_articles(f"{tmp_path}/*"))[:7]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonl", '{"a": 1}\n{"a": 2}\n', "row 1: no column of article text, only a"),
        ("a.jsonl", "", "holds no articles"),
        ("a.jsonl", "{\n" * 2_000, "and so are the 1000 rows after it"),
        ("a.csv", "text\n", "holds no articles"),
        ("a.json", '[{"text": "It fell."}]', "write JSON as JSONL"),
        ("a.html", "<script>x</script>", "no article on this page"),
    ],
)
def test_a_file_that_holds_no_article_at_all_is_one_line(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    (tmp_path / name).write_text(content)

    with pytest.raises(InputError, match=said):
        list(read_articles(tmp_path / name))


def test_rows_that_are_broken_at_the_beginning_of_a_file_come_out_too(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{\n{\n{"text": "It fell."}\n{\n')

    articles = list(read_articles(tmp_path / "a.jsonl"))

    assert [bool(article.fault) for article in articles] == [True, True, False, True]


def given_on_stdin(monkeypatch: pytest.MonkeyPatch, content: bytes) -> list[Article]:
    stream = io.TextIOWrapper(io.BufferedReader(io.BytesIO(content)))
    monkeypatch.setattr("sys.stdin", stream)
    return list(read_articles("-"))


def test_standard_input_is_a_text_or_jsonl(monkeypatch: pytest.MonkeyPatch) -> None:
    (text,) = given_on_stdin(monkeypatch, b"title: A bridge\n\nIt fell.\n")
    assert (text.id, text.title, text.text) == ("stdin", "A bridge", "It fell.")

    rows = given_on_stdin(monkeypatch, b'\n{"text": "It fell."}\nbroken\n{"id": 7, "body": "x"}\n')
    assert [row.id for row in rows] == ["stdin-2", "stdin-3", "7"]
    assert rows[1].fault.startswith("stdin: row 3: broken JSON")

    for content, said in [(b"", "is empty"), (b"\xff\xfe", "not UTF-8"), (b"{", "broken JSON")]:
        with pytest.raises(InputError, match=said):
            given_on_stdin(monkeypatch, content)


def test_a_fenced_block_above_markdown_describes_it(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: A bridge\nlayout: post\ndate: 2024-01-02\n---\n\n# Ignored?\n\nIt fell.\n"
    )

    (article,) = read_articles(tmp_path / "a.md")

    assert (article.title, article.date, article.text) == (
        *("A bridge", date(2024, 1, 2)),
        "Ignored?\n\nIt fell.",
    )
