"""From a corpus to a prepared folder: a table for each split, the articles, a manifest."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from stance.corpora.corpus import Corpus
from stance.corpora.leakage import Leak, shared_articles
from stance.schema.files import write_json
from stance.schema.nouns import SPLITS, InputError
from stance.schema.table import ARTICLES, PAIRS, pair_faults, read_table, write_table

MANIFEST = "manifest.json"
LEAKS = "leaks.json"
#: Rows that are checked at a time.
CHUNK = 10_000


def write_prepared(corpus: Corpus, folder: Path, leaks: Sequence[Leak] = ()) -> dict[str, Any]:
    """Check every row, write ``{train,dev,test}.parquet``, ``articles.parquet`` and the manifest.

    Returns the manifest. A split without pairs gets no file; ``leaks.json`` names what leaked.
    """
    check(corpus.pairs)
    folder.mkdir(parents=True, exist_ok=True)
    for split in SPLITS:
        part = corpus.pairs[corpus.pairs["split"] == split]
        path = folder / f"{split}.parquet"
        if len(part):
            write_table(part, path, PAIRS)
        else:
            path.unlink(missing_ok=True)
    write_table(corpus.articles, folder / "articles.parquet", ARTICLES)
    manifest = describe(corpus) | {
        "leaks": dict(Counter(f"{leak.kind} copy in {leak.split}" for leak in leaks)),
        "articles in several splits": shared_articles(corpus.pairs),
    }
    if leaks:
        write_json([asdict(leak) for leak in leaks], folder / LEAKS)
    else:
        (folder / LEAKS).unlink(missing_ok=True)
    write_json(manifest, folder / MANIFEST)
    return manifest


def check(pairs: pd.DataFrame) -> None:
    """Raise :class:`InputError` for the first row that breaks the table's contract."""
    # A part at a time: a million rows as dictionaries would fill the memory.
    for start in range(0, len(pairs), CHUNK):
        for pair in pairs.iloc[start : start + CHUNK].to_dict("records"):
            for fault in pair_faults(pair):
                raise InputError(f"{pair['corpus']}: {pair['pair_id']}: {fault}")
    if (doubled := pairs["pair_id"].duplicated()).any():
        name = pairs["pair_id"][doubled].iloc[0]
        raise InputError(f"{pairs['corpus'].iloc[0]}: pair_id {name} stands twice")


def describe(corpus: Corpus) -> dict[str, Any]:
    """The manifest: where the corpus comes from, and what is in it."""
    free = corpus.pairs[corpus.pairs["holder_kind"] == "any"]
    # A corpus of directed rows alone is counted by those.
    free = free if len(free) else corpus.pairs
    return {
        "name": corpus.name,
        "construct": corpus.construct,
        "licence": corpus.licence,
        "restricted": corpus.restricted,
        "source": corpus.source,
        "revision": corpus.revision,
        "inputs": corpus.inputs,
        "articles": len(corpus.articles),
        "pairs": {split: _counts(free[free["split"] == split]) for split in SPLITS},
        "directed": int((corpus.pairs["holder_kind"] != "any").sum()),
        "parties": int(free["target_party"].nunique()),
        "languages": sorted(set(corpus.articles["language"])),
        "characters": {f"p{q}": int(free["text"].str.len().quantile(q / 100)) for q in (50, 95)},
        "repairs": corpus.repairs,
        "left_out": corpus.left_out,
        "notes": corpus.notes,
    }


def _counts(pairs: pd.DataFrame) -> dict[str, int]:
    labels = pairs["label"].fillna("mixed").value_counts()
    return {"pairs": len(pairs), **{str(k): int(v) for k, v in labels.sort_index().items()}}


def read_split(folder: Path, split: str) -> pd.DataFrame:
    """The pairs of one split of a prepared corpus; :class:`InputError` if it has none."""
    manifest = read_manifest(folder)
    if split not in SPLITS:
        raise InputError(f"split {split}: is none of {', '.join(SPLITS)}")
    if not manifest["pairs"][split].get("pairs"):
        raise InputError(
            f"{folder}: has no {split} part; prepare it with corpus.split.by=article (or story, "
            "time, party) for one, or name another split"
        )
    return read_table(folder / f"{split}.parquet")


def known_parties(folder: Path, split: str) -> set[str] | None:
    """The parties of the training part, where another split is measured and there is one."""
    if split == "train" or not (folder / "train.parquet").is_file():
        return None
    return set(read_split(folder, "train")["target_party"])


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a prepared corpus; :class:`InputError` says how to make one."""
    path = folder / MANIFEST
    if not path.is_file():
        raise InputError(f"{folder}: no prepared corpus here; run `stance prepare` first")
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def split_sha256(folder: Path, split: str) -> str:
    """The sha256 of a split's labels and texts, whatever wrote its Parquet file."""
    import hashlib

    pairs = read_split(folder, split)[["pair_id", "text", "label"]].fillna("")
    lines = sorted("\t".join(row) for row in pairs.itertuples(index=False))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
