from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice

import pytest

from stance.schema.nouns import Article
from stance.scoring.shards import shards_of


def articles(count: int) -> list[Article]:
    return [Article(id=f"a{number}", text="word " * 20) for number in range(count)]


def test_a_shard_ends_by_the_number_of_articles_or_by_their_length() -> None:
    sizes = [len(s.articles) for s in shards_of(articles(7), most=3, characters=10_000)]
    assert sizes == [3, 3, 1]

    sizes = [len(s.articles) for s in shards_of(articles(7), most=100, characters=200)]
    assert sizes == [2, 2, 2, 1]


def test_nothing_gives_no_shard() -> None:
    assert list(shards_of([], most=3, characters=100)) == []


def test_articles_are_read_one_shard_at_a_time() -> None:
    read = []

    def source():
        for article in articles(100):
            read.append(article.id)
            yield article

    list(islice(shards_of(source(), most=5, characters=10_000), 2))

    assert len(read) == 10


@pytest.mark.parametrize(
    "change",
    [
        {"id": "b"},
        {"text": "Other words."},
        {"text": "lone \ud800 surrogate"},
        {"title": "Title"},
        {"date": date(2026, 1, 2)},
        {"source": "Gazette"},
        {"language": "de"},
        {"fault": "broken"},
    ],
)
def test_whatever_may_show_in_the_output_changes_the_hash(change: dict[str, object]) -> None:
    article = Article(id="a", text="Some words.")
    other = replace(article, **change)

    (one,), (two,) = (list(shards_of([each], most=1, characters=1)) for each in (article, other))

    assert one.sha256 != two.sha256


def test_the_hash_tells_where_a_field_ends() -> None:
    one, two = Article(id="ab", text="c"), Article(id="a", text="bc")

    hashes = {next(shards_of([each], most=1, characters=1)).sha256 for each in (one, two)}

    assert len(hashes) == 2
