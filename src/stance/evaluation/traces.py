"""What a model was trained on, so that nobody measures it on the same by mistake.

Training leaves two traces of every pair: the article, by corpus and id, and the words of the
sentence, which are the same in every corpus that has it. Both go into the model's ``about``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from stance.corpora.rows import sentence_key

#: Hex digits of a sentence's key.
WIDTH = len(sentence_key(""))


def traces(pairs: pd.DataFrame) -> pd.DataFrame:
    """The ``article`` and the ``sentence`` of each pair, as they are known again.

    An article keeps its name when a mixture puts its corpus before the id.
    """
    columns = ("corpus", "article_id", "text", "sentence_start", "sentence_end")
    rows = zip(*(pairs[name] for name in columns), strict=True)
    return pd.DataFrame(
        [
            (f"{corpus}:{str(article).removeprefix(f'{corpus}:')}", sentence_key(text[start:end]))
            for corpus, article, text, start, end in rows
        ],
        columns=["article", "sentence"],
        index=pairs.index,
    )


def training_record(train: pd.DataFrame) -> dict[str, Any]:
    """What ``stance.json`` keeps: article names, and all sentence keys in one long line."""
    found = traces(train)
    return {
        "train_pairs": len(train),
        "train_articles": sorted(set(found["article"])),
        "train_sentences": "".join(sorted(set(found["sentence"]))),
    }


def trained_on(about: Mapping[str, Any]) -> set[str]:
    """The traces of a model's training, from its ``about``; none if it does not tell."""
    keys = about.get("train_sentences", "")
    sentences = {keys[at : at + WIDTH] for at in range(0, len(keys), WIDTH)}
    return {*about.get("train_articles", ()), *sentences}


def seen_in_training(gold: pd.DataFrame, known: Collection[str]) -> list[str]:
    """The articles of ``gold`` of which something was trained on, by id."""
    found = traces(gold)
    seen = found["article"].isin(list(known)) | found["sentence"].isin(list(known))
    return sorted(set(gold.loc[seen, "article_id"].astype(str)))
