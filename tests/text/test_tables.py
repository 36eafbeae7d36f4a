from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stance.schema.nouns import Article, InputError
from stance.text import lines
from stance.text.places import File
from stance.text.tables import read_rows


def read(path: Path, content: bytes) -> list[Article]:
    path.write_bytes(content)
    return list(read_rows(File(path, path.stem)))


def test_each_line_of_jsonl_is_an_article_and_a_broken_one_costs_only_itself(
    tmp_path: Path,
) -> None:
    found = read(
        tmp_path / "news.jsonl",
        b'\xef\xbb\xbf{"text": "It fell.", "id": "bridge"}\r\n'
        b"\n"
        b'{"text": "cut off\n'
        b'"A bare string."\n'
        b"[1, 2]\n"
        b'{"text": "caf\xe9"}\n'
        b'{"text": "A \\ud83d\\ude00 and half a \\ud83d, a \\u0000."}\n' + b"[" * 5000 + b"\n"
        b'{"text": ""}',
    )

    assert [article.id for article in found] == ["bridge", *(f"news-{n}" for n in range(3, 10))]
    faults = [article.fault.partition(": row ")[2] for article in found]
    assert faults[0] == faults[2] == faults[5] == faults[7] == ""
    assert faults[1].startswith("3: broken JSON")
    assert faults[3] == "5: expected an object, found list"
    assert faults[4].startswith("6: not UTF-8")
    assert faults[6].startswith("8: broken JSON")
    assert found[5].text == "A \U0001f600 and half a \ufffd, a \ufffd."


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_csv_finds_its_separator(tmp_path: Path, separator: str) -> None:
    text = 'id{0}text\n1{0}"It fell{0} they said.\nIt rained."\n\n2{0}"He said ""no""."\n'

    found = read(tmp_path / "news.csv", text.format(separator).encode())

    assert [article.id for article in found] == ["1", "2"]
    assert found[0].text == f"It fell{separator} they said.\nIt rained."
    assert found[1].text == 'He said "no".'


def test_a_broken_row_of_csv_costs_only_itself(tmp_path: Path) -> None:
    found = read(
        tmp_path / "news.csv",
        b"\xef\xbb\xbfid,text,source\n"
        b"1,It fell.,wire\n"
        b"2,caf\xe9,wire\n"
        b"3,It fell, they said.,wire\n"
        b"4\n"
        b"5,It rained.\n"
        b"6,A NUL \0 here.,\n",
    )

    assert [article.text for article in found] == [
        *("It fell.", "", "", "", "It rained.", "A NUL \ufffd here.")
    ]
    assert [bool(article.fault) for article in found] == [False, True, True, True, False, False]
    assert "row 2: not UTF-8" in found[1].fault
    assert "row 3: broken CSV: 4 cells under 3 columns" in found[2].fault
    assert "row 4: broken CSV: 1 cells under 3 columns" in found[3].fault


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "the file is empty"),
        ("a.csv", b"name,age\nx,3\n", "no column of article text, only age, name"),
        ("a.csv", "text,é\n".encode("latin1"), "not UTF-8"),
        ("a.csv", "text,id\nIt fell.,1\n".encode("utf-16"), "not UTF-8"),
        ("a.csv", b"text\0,id\n", "a binary file"),
        ("a.parquet", b"PAR1 but not really", "not a Parquet file"),
        ("a.parquet", b"", "not a Parquet file"),
    ],
)
def test_a_table_that_cannot_be_read_at_all_is_one_line(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(InputError, match=said) as caught:
        read(tmp_path / name, content)

    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_lines_and_cells_that_are_too_long_cost_only_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (lines, pytest.importorskip("stance.text.delimited")):
        monkeypatch.setattr(module, "LONGEST", 1000)
    long = b"x" * 5000

    found = read(tmp_path / "a.jsonl", b'{"text": "%s"}\n{"text": "It fell."}' % long)
    assert [bool(article.fault) for article in found] == [True, False]

    found = read(tmp_path / "a.csv", b"text,id\n%s,1\nIt fell.,2\n" % long)
    assert [(bool(article.fault), article.id) for article in found] == [(True, "a-1"), (False, "2")]

    unclosed = b'"never closed\n' + b"one line more\n" * 200 + b"It fell.\n"
    found = read(tmp_path / "a.csv", b"text\n" + unclosed)
    assert "broken CSV" in found[0].fault
    assert found[-1].text == "It fell."


def parquet(path: Path, rows: int, group: int) -> Path:
    columns = {
        "body": [f"It fell {n} times." for n in range(rows)],
        "date": [date(2024, 1, 1 + n % 28) for n in range(rows)],
        "unread": [{"deep": n} for n in range(rows)],
    }
    # Stored plain, so that a byte can be broken where it stands.
    pq.write_table(
        pa.table(columns), path, row_group_size=group, compression="none", use_dictionary=False
    )
    return path


def test_parquet_comes_by_batches_with_its_dates(tmp_path: Path) -> None:
    found = list(read_rows(File(parquet(tmp_path / "news.parquet", 25, 10), "news")))

    assert [article.text for article in found] == [f"It fell {n} times." for n in range(25)]
    assert (found[24].id, found[24].date) == ("news-25", date(2024, 1, 25))


def test_a_row_of_parquet_that_is_not_utf8_costs_only_itself(tmp_path: Path) -> None:
    path = parquet(tmp_path / "news.parquet", 25, 10)
    path.write_bytes(path.read_bytes().replace(b"It fell 13 times.", b"It fell \xff3 times."))

    found = list(read_rows(File(path, "news")))

    assert [article.id for article in found if article.fault] == ["news-14"]
    assert len(found) == 25


def test_every_row_of_a_broken_row_group_says_so(tmp_path: Path) -> None:
    path = parquet(tmp_path / "news.parquet", 25, 10)
    raw = path.read_bytes()
    at = raw.index(b"It fell 10 times.") - 30
    path.write_bytes(raw[:at] + b"\xff" * 30 + raw[at + 30 :])

    found = list(read_rows(File(path, "news")))

    assert [bool(article.fault) for article in found] == [False] * 10 + [True] * 10 + [False] * 5
    assert "row 11: row group 1 cannot be read" in found[10].fault
    assert [article.id for article in found] == [f"news-{n}" for n in range(1, 26)]


def test_folders_named_by_key_and_value_describe_their_articles(tmp_path: Path) -> None:
    folder = tmp_path / "date=2024-01-02" / "source=Vale%20Post" / "text=no"
    folder.mkdir(parents=True)

    (one, two) = read(folder / "a.jsonl", b'{"text": "x"}\n{"text": "y", "source": "wire"}\n')

    assert (one.date, one.source, one.text) == (date(2024, 1, 2), "Vale Post", "x")
    assert two.source == "wire"


def test_rows_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "endless.jsonl"
    path.write_bytes(b'{"text": "It fell."}\n' * 100_000)

    articles: Iterator[Article] = read_rows(File(path, "endless"))

    assert [next(articles).id for _ in range(3)] == ["endless-1", "endless-2", "endless-3"]
