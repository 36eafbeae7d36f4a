import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from stance.corpora.corpus import Corpus
from tests.conftest import pair


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    """Put files below a folder that plays the upstream checkout; returns the folder."""

    def written(files: dict[str, Any]) -> str:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if name.endswith(".jsonl"):
                content = "".join(json.dumps(row) + "\n" for row in content)
            elif name.endswith(".json"):
                content = json.dumps(content)
            path.write_text(content, encoding="utf-8")
        return str(tmp_path)

    return written


def corpus_of(rows: Sequence[dict[str, Any]], **about: Any) -> Corpus:
    frame = pd.DataFrame(rows)
    articles = pd.DataFrame(
        {
            "article_id": name,
            "title": "",
            "date": about.get("dates", {}).get(name, ""),
            "source": "",
            "url": "",
            "language": "en",
            "story_id": about.get("stories", {}).get(name, ""),
            "licence": "none",
        }
        for name in frame["article_id"].unique()
    )
    return Corpus(about.get("name", "toy"), "stance", frame, articles, "Apache-2.0", "tests")


def sentence(number: int, text: str, target: str, **more: Any) -> dict[str, Any]:
    return pair(text, target, "neutral", article_id=f"a{number}", **more)
