"""Which labels a newer codebook may change: rows whose sentences its new cases touch."""

from __future__ import annotations

import pandas as pd

from stance.labeling.codebook import Codebook, load_codebook
from stance.schema.nouns import CODED

COLUMNS = ("pair_id", "split", "label", "codebook", "cases", "sentence", "target")


def touched(
    pairs: pd.DataFrame, since: str | None = None, codebook: Codebook | None = None
) -> pd.DataFrame:
    """Coded rows that a case newer than their version may touch, with these cases.

    ``since`` stands for the version of rows that name none, and instead of a later one. A row that
    names no version was not made by the codebook and is left out unless ``since`` is given.
    """
    book = codebook or load_codebook()
    rows = []
    for row in pairs[pairs["provenance"].isin(CODED)].to_dict("records"):
        made = row["codebook"] or since
        version = min((v for v in (made, since) if v), key=_parts, default=None)
        sentence = row["text"][row["sentence_start"] : row["sentence_end"]]
        newer = book.newer_than(version) if version else ()
        cases = [case.id for case in newer if case.touches(sentence)]
        if cases:
            kept = {name: row[name] for name in ("pair_id", "split", "label", "codebook", "target")}
            rows.append(kept | {"cases": ", ".join(cases), "sentence": sentence})
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
