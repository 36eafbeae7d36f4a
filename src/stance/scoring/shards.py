"""Shards: articles in handfuls that fit into memory, each known by its contents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stance.schema.nouns import Article


@dataclass(frozen=True, slots=True)
class Shard:
    """Some articles in their order; ``sha256`` pins all that was read of them."""

    number: int
    articles: tuple[Article, ...]
    sha256: str


def shards_of(articles: Iterable[Article], most: int, characters: int) -> Iterator[Shard]:
    """Shards of at most ``most`` articles, each ended by the article that fills ``characters``.

    The same articles always fall into the same shards. Read lazily, one shard at a time.
    """
    held: list[Article] = []
    size = number = 0
    for article in articles:
        held.append(article)
        size += len(article.text)
        if len(held) >= most or size >= characters:
            yield _shard(number, held)
            held, size, number = [], 0, number + 1
    if held:
        yield _shard(number, held)


def _shard(number: int, articles: list[Article]) -> Shard:
    total = hashlib.sha256()
    for article in articles:
        for value in _fields(article):
            data = value.encode("utf-8", "surrogatepass")
            total.update(b"%d:" % len(data) + data)
    return Shard(number, tuple(articles), total.hexdigest())


def _fields(article: Article) -> tuple[str, ...]:
    """What of an article may show in the outputs."""
    return (
        article.id,
        article.text,
        article.title,
        str(article.date or ""),
        article.source,
        article.url,
        article.language,
        article.story_id,
        article.licence,
        article.fault,
    )
