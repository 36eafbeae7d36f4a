from __future__ import annotations

import pytest

from stance.schema.nouns import Article
from stance.text import identity
from stance.text.identity import Ids


def test_an_id_given_before_gets_its_number_in_the_run() -> None:
    ids = Ids()

    given = [ids.unique(Article(id, "")).id for id in ("a", "b", "a", "a~5", "a")]

    assert given == ["a", "b", "a~3", "a~5", "a~5~"]


def test_ids_stay_unique_when_the_recent_ones_join_the_sorted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(identity, "RECENT", 7)
    ids = Ids()

    given = [ids.unique(Article(str(number % 50), "")).id for number in range(200)]

    assert len(set(given)) == 200
    assert given[:50] == [str(number) for number in range(50)]
