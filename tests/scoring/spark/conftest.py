"""A lake of articles: JSONL and Parquet in folders by date, with what lakes hold besides."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import SENTENCES


def article(number: int, day: str | None) -> dict[str, str | None]:
    first, second = SENTENCES[number % 6][0], SENTENCES[(number + 1) % 6][0]
    return {
        "id": f"a{number:03d}",
        "body": f"{first} It rained on day {number}.\n\n{second}",
        "date": day,
    }


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """Forty articles of two days and of none, a broken line, an empty and a foreign article."""
    place = tmp_path / "lake"
    (place / "more").mkdir(parents=True)
    rows = [article(number, ("2026-01-02", "2026-01-03", None)[number % 3]) for number in range(30)]
    lines = [json.dumps(row) for row in rows]
    lines.insert(7, "")
    lines.insert(9, '{"id": "broken')
    lines.append(json.dumps({"id": "empty", "text": "", "date": "2026-01-02"}))
    german = "Der Rat lobte die Werft, und die Leute kamen gerne, obwohl es den ganzen Tag regnete."
    lines.append(json.dumps({"id": "german", "text": german, "date": "2026-01-03"}))
    (place / "one.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    table = pd.DataFrame([article(number, "2026-01-04") for number in range(30, 40)])
    table.to_parquet(place / "more" / "two.parquet")
    return place


def written(output: Path) -> dict[str, list[bytes]]:
    """The bytes of the files of each date: Spark gives them new names each time."""
    found: dict[str, list[bytes]] = {}
    for path in sorted(output.glob("date=*/*.parquet")):
        found.setdefault(path.parent.name, []).append(path.read_bytes())
    return found


def pages(output: Path) -> dict[str, list[bytes]]:
    """The same without the footers, in which each Java machine lists a column's encodings in an
    order of its own.
    """
    return {
        date: [file[: -8 - int.from_bytes(file[-8:-4], "little")] for file in files]
        for date, files in written(output).items()
    }
