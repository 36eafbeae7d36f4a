from collections.abc import Callable

import pytest

from stance.parties.matcher import Matcher, Matching
from stance.parties.registry import load_registry
from stance.schema.nouns import Sentence, Span


def sentences(*texts: str) -> list[Sentence]:
    return [Sentence(number, Span(0, len(text)), text) for number, text in enumerate(texts)]


@pytest.fixture(scope="session")
def world() -> Matcher:
    return Matcher(load_registry("world"))


@pytest.fixture
def find(world: Matcher) -> Callable[..., list[list[tuple[str, str]]]]:
    """The mentions of each sentence as (words, party), in the world or among named parties."""

    def found(
        *texts: str, parties: object = None, matching: Matching | None = None
    ) -> list[list[tuple[str, str]]]:
        matcher = world
        if parties is not None or matching is not None:
            matcher = Matcher(load_registry(parties or "world"), matching)  # type: ignore[arg-type]
        return [
            [(m.span.of(text), m.party) for m in mentions]
            for text, mentions in zip(texts, matcher.find(sentences(*texts)), strict=True)
        ]

    return found
