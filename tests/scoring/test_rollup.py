from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from stance.schema.nouns import Article
from stance.scoring.columns import ROLLUPS_MEAN
from stance.scoring.rollup import Rollups, by_party, holder_to_target, topmost

ARTICLES = [
    Article("a", "", title="A bridge", date=date(2024, 1, 2), source="wire"),
    Article("b", "", date=date(2024, 1, 1), source="wire"),
    Article("c", "", source="=post"),
]


def row(article: str, target: str, label: str, holder: str = "any", status: str = "ok") -> dict:
    kind = holder if holder in ("any", "author", "unnamed", "self") else "party"
    return {
        "article_id": article,
        "target_party": target,
        "predicted": label,
        "holder_kind": kind,
        "holder_party": holder if kind == "party" else None,
        "status": status,
    }


ROWS = pd.DataFrame(
    [
        row("a", "orlev", "support", "tarn"),
        row("a", "orlev", "support", "author"),
        row("a", "orlev", "opposition", "tarn", status="abstained"),
        row("a", "tarn", "neutral"),
        row("b", "orlev", "opposition", "tarn", status="truncated"),
        row("b", "ministry", "opposition", "orlev"),
        row("c", "orlev", "neutral"),
        row("c", "vale", "support", status="abstained"),
        {"article_id": "d", "target_party": None, "holder_kind": "any", "status": "no_party"},
        {"article_id": "e", "target_party": "orlev", "holder_kind": "any", "status": "error"},
    ]
)


def rolled(part_of: dict[str, str] | None = None) -> dict[str, pd.DataFrame]:
    rollups = Rollups(part_of)
    rollups.add(ROWS[:4])
    rollups.add(ROWS[4:])
    return rollups.tables(ARTICLES)


def test_parties_are_counted_and_what_was_abstained_from_is_told_apart() -> None:
    table = rolled()["party"].set_index("target_party")

    assert list(table.index) == ["orlev", "ministry", "tarn", "vale"]
    counted = ["articles", "opposition", "neutral", "support", "n", "abstained"]
    assert list(table.loc["orlev", counted]) == [3, 1, 1, 2, 4, 1]
    assert table.loc["orlev", "mean"] == pytest.approx(0.25)
    assert list(table.loc["vale", counted]) == [0, 0, 0, 0, 0, 1]
    assert table.loc["vale", ["mean", "low", "high"]].isna().all()


def test_holders_are_parties_or_the_author_and_rows_without_one_do_not_count() -> None:
    table = rolled()["holder"]

    found = table[["holder_party", "target_party", "n", "abstained"]].to_numpy().tolist()
    assert found == [
        ["tarn", "orlev", 2, 1],
        ["author", "orlev", 1, 0],
        ["orlev", "ministry", 1, 0],
    ]


def test_articles_keep_their_order_and_days_theirs() -> None:
    tables = rolled()

    assert list(tables["article"]["article_id"]) == ["a", "a", "b", "b", "c", "c"]
    assert list(tables["article"]["title"])[:3] == ["A bridge", "A bridge", ""]
    assert list(tables["date"]["date"].unique()) == ["", "2024-01-01", "2024-01-02"]
    source = tables["source"].set_index(["source", "target_party"])
    assert source.loc[("wire", "orlev"), ["articles", "n"]].tolist() == [2, 3]


def test_a_part_is_counted_for_the_whole_as_far_up_as_that_goes() -> None:
    tables = rolled({"ministry": "state", "state": "union", "tarn": "vale", "vale": "tarn"})

    assert "union" in set(tables["party"]["target_party"])
    assert {"tarn", "vale"} < set(tables["party"]["target_party"])
    assert topmost("ministry", {"ministry": "state"}) == "state"


def test_the_same_rows_in_any_parts_make_the_same_tables() -> None:
    rollups = Rollups()
    rollups.add(ROWS)

    whole = rollups.tables(ARTICLES)

    for name, table in rolled().items():
        pd.testing.assert_frame_equal(table, whole[name])


def test_nothing_makes_empty_tables_with_their_columns() -> None:
    for table in Rollups().tables([]).values():
        assert table.empty
        assert {"n", "mean", "low", "high", "abstained"} <= set(table)


def test_the_report_gets_only_what_was_counted() -> None:
    assert "vale" not in set(by_party(ROWS)["target_party"])
    assert (holder_to_target(ROWS)["n"] > 0).all()


def test_every_column_is_explained() -> None:
    columns = {column for table in rolled().values() for column in table}

    assert columns <= set(ROLLUPS_MEAN)


def test_the_same_stance_over_and_over_in_one_article_makes_nothing_surer() -> None:
    def width(rows: list[dict]) -> float:
        table = by_party(pd.DataFrame(rows)).iloc[0]
        return float(table["high"] - table["low"])

    once = [row(str(n), "orlev", label) for n, label in enumerate(["support", "neutral"] * 5)]

    assert width(once * 20) == pytest.approx(width(once))
    apart = [r | {"article_id": f"{n}"} for n, r in enumerate(once * 20)]
    assert width(apart) < width(once) / 3


def test_the_mean_lies_within_its_interval() -> None:
    rng = np.random.default_rng(3)
    for articles in (1, 2, 3, 10, 300):
        for shares in ((0, 0, 1), (0.1, 0.8, 0.1), (0.5, 0, 0.5), (1, 0, 0)):
            labels = rng.choice(["opposition", "neutral", "support"], (articles, 3), p=shares)
            rows = [row(str(a), "orlev", label) for a in range(articles) for label in labels[a]]
            table = by_party(pd.DataFrame(rows)).iloc[0]
            assert -1 <= table["low"] <= table["mean"] <= table["high"] <= 1
            assert table["low"] < table["high"]
