from __future__ import annotations

from pathlib import Path

import pytest

from stance.schema.nouns import InputError
from stance.text.places import find_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    names = ("b.txt", "a.md", "sub/a.txt", "sub/c.HTML", "sub/c.csv", ".hidden/x.txt", "list.yaml")
    for name in (*names, "sub/.partial.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    return tmp_path


def test_a_folder_is_searched_through_in_order_and_ids_tell_files_apart(folder: Path) -> None:
    files, collection = find_files(folder)

    assert collection
    assert [file.id for file in files] == ["a", "b", "sub/a", "sub/c.HTML", "sub/c.csv"]


def test_a_glob_takes_what_it_matches_and_ids_do_not_depend_on_where_it_begins(
    folder: Path,
) -> None:
    files, _ = find_files(f"{folder}/**/*.txt")
    assert [file.id for file in files] == ["b", "sub/a"]

    files, _ = find_files(f"{folder}/s*/a.*")
    assert [file.id for file in files] == ["sub/a"]

    files, _ = find_files(f"{folder}/*.yaml")
    assert [file.id for file in files] == ["list"]


def test_a_file_whose_name_looks_like_a_glob_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "news[1].txt").write_text("x")

    (file,), collection = find_files(tmp_path / "news[1].txt")

    assert (file.id, collection) == ("news[1]", False)


@pytest.mark.parametrize("source", ["nowhere", "no*where", "a**b"])
def test_a_place_without_articles_is_named(tmp_path: Path, source: str) -> None:
    with pytest.raises(InputError, match=r"no such file|no articles here|not a glob") as caught:
        find_files(tmp_path / source)

    assert source in str(caught.value)
