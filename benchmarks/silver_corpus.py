"""The text of SEESAW's training stories as articles, none of its labels: what silver is made of.

    python benchmarks/silver_corpus.py articles SEESAW news.jsonl
    stance label input=news.jsonl parties=auto output=silver.parquet
    python benchmarks/silver_corpus.py table silver.parquet silver.jsonl
    stance prepare corpus=table corpus.name=silver corpus.root=silver.jsonl \\
        corpus.source.columns.start=start corpus.source.columns.end=end \\
        corpus.source.columns.article=article corpus.source.columns.party=party \\
        corpus.split.by=article corpus.leakage=drop
    stance train classifier=span corpus=table corpus.name=silver allow_restricted=true
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from stance.schema.table import read_table


def articles(folder: Path) -> Iterator[dict[str, str]]:
    """Each article of a training story; its sentences joined as the corpus has them."""
    for meta in sorted((folder / "meta").glob("*.json")):
        if json.loads(meta.read_text())["Split"] != "train":
            continue
        for file in sorted((folder / "articles").glob(f"{meta.stem}_DOCUMENT_*.json")):
            sentences = json.loads(file.read_text())["text"]
            yield {"id": file.stem, "text": " ".join(str(one["text"]) for one in sentences)}


def table(pairs: Path) -> Iterator[dict[str, object]]:
    """Each labelled sentence and target, with the target's place in the sentence."""
    for row in read_table(pairs).to_dict("records"):
        low, high = row["sentence_start"], row["sentence_end"]
        spans = [s for s in row["target_spans"] if low <= s["start"] and s["end"] <= high]
        if row["holder_kind"] != "any" or row["label"] is None or not spans:
            continue
        yield {
            "text": row["text"][low:high],
            "target": row["text"][spans[0]["start"] : spans[0]["end"]],
            "start": spans[0]["start"] - low,
            "end": spans[0]["end"] - low,
            "label": row["label"],
            "article": row["article_id"],
            "party": row["target_party"],
        }


def main() -> int:
    what, source, output = sys.argv[1:]
    found = list((articles if what == "articles" else table)(Path(source)))
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in found)
    Path(output).write_text("".join(lines), encoding="utf-8")
    print(f"{len(found)} rows in {output}")
    return int(not found)


if __name__ == "__main__":
    sys.exit(main())
