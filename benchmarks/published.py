"""The corpora of others, each by itself, beside what is published on them.

    python benchmarks/published.py FOLDER [--what tfidf newsmtsc dse seesaw] [--seeds 1]
                                          [--set recipe.epochs=4 …]

FOLDER holds upstream checkouts, as for `rules_quality.py`. No official test part is read: NewsMTSC,
DSE and SEESAW are measured on their development parts after the last epoch, Politiquices over four
folds of its headlines. Macro-F1 unless said otherwise, aims in brackets:

- tfidf, target-aware: NewsMTSC (0.64 as found, 0.61 with many targets), Politiquices (0.72; 0.69 is
  published for an SVM): whether a headline's first politician is for or against its second or the
  other way round, or neither;
- newsmtsc, the span model: 0.84 as found, 0.79 with many targets (83.1 and 82.5 are published, on
  the test parts, for RoBERTa-base with lexicons);
- dse, the span model: five classes, who is for or against whom (0.55; TF-IDF has 0.38);
- seesaw, the span model: accuracy of the polarity given holder and target, where both can be found
  in the window (0.82; 84.1 is published for RoBERTa-base on all rows of the test part).

Minutes for each of the last three.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import fmean, stdev
from typing import Any

import numpy as np
import pandas as pd
from omegaconf import OmegaConf
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from stance.corpora.corpus import Corpus
from stance.corpora.dse import load_dse
from stance.corpora.leakage import sentences
from stance.corpora.newsmtsc import load_newsmtsc
from stance.corpora.politiquices import load_politiquices
from stance.corpora.rows import sentence_key
from stance.corpora.seesaw import load_seesaw
from stance.labeling.quality import gold_rows
from stance.models.search import macro_f1
from stance.models.span.classifier import SpanClassifier
from stance.models.tfidf import TfidfClassifier
from stance.schema.nouns import LABELS

AIMS = {
    "NewsMTSC as found, TF-IDF": 0.64,
    "NewsMTSC many targets, TF-IDF": 0.61,
    "Politiquices, TF-IDF": 0.72,
    "NewsMTSC as found": 0.84,
    "NewsMTSC many targets": 0.79,
    "DSE, five classes": 0.55,
    "SEESAW, accuracy": 0.82,
}
RECIPE: dict[str, Any] = {
    "recipe": {"epochs": 4, "encoder_lr": 1e-4, "head_lr": 1e-3, "freeze_words": True}
}
OPPOSITION, NEUTRAL, SUPPORT = (LABELS.index(name) for name in ("opposition", "neutral", "support"))
Figures = Iterator[tuple[str, float]]
Make = Callable[[], SpanClassifier]


def tfidf(folder: Path, _: Make) -> Figures:
    train, found, many = newsmtsc_parts(folder)
    model = TfidfClassifier().fit(train)
    yield "NewsMTSC as found, TF-IDF", macro_f1(model, found)
    yield "NewsMTSC many targets, TF-IDF", macro_f1(model, many)
    pairs = load_politiquices(str(folder / "politiquices")).pairs
    # The label toward each of the two, whoever holds it: the other is the only one there is.
    free = pairs.assign(holder_kind="any", holder=None, holder_party=None)
    free["holder_spans"] = [[] for _ in range(len(free))]
    places = free.groupby("article_id").indices
    truth, answered = np.zeros(len(places), int), np.zeros(len(places), int)
    names = np.array(list(places))
    for train_at, test_at in GroupKFold(4).split(names, groups=names):
        chosen = np.concatenate([places[name] for name in names[train_at]])
        model = TfidfClassifier().fit(free.iloc[chosen])
        for at in test_at:
            both = free.iloc[places[names[at]]]
            truth[at] = relation(one_hot(both["label"]))
            answered[at] = relation(model.predict_proba(both))
    yield "Politiquices, TF-IDF", f1_score(truth, answered, average="macro")


def newsmtsc(folder: Path, make: Make) -> Figures:
    train, found, many = newsmtsc_parts(folder)
    model = make().fit(train)
    yield "NewsMTSC as found", macro_f1(model, found)
    yield "NewsMTSC many targets", macro_f1(model, many)


def dse(folder: Path, make: Make) -> Figures:
    train, dev = parts(load_dse(str(folder / "dse")))
    probabilities = make().fit(train).predict_proba(dev)
    truth, answered = [], []
    for rows in dev.groupby("article_id").indices.values():
        truth.append(direction(one_hot(dev["label"].iloc[rows])))
        answered.append(direction(probabilities[rows]))
    yield "DSE, five classes", f1_score(truth, answered, average="macro")


def seesaw(folder: Path, make: Make) -> Figures:
    corpus = load_seesaw(str(folder / "seesaw"))
    train, dev = parts(corpus)
    model = make().fit(train)
    asked = dev[dev["holder_kind"].eq("party")].reset_index(drop=True)
    against, in_favour = model.predict_proba(asked)[:, [OPPOSITION, SUPPORT]].T
    right = np.where(in_favour > against, "support", "opposition") == asked["label"].to_numpy()
    share = asked["label"].value_counts(normalize=True).max()
    print(f"SEESAW: {len(asked)} development rows with holder and target, majority {share:.3f}")
    yield "SEESAW, accuracy", float(right.mean())


def newsmtsc_parts(folder: Path) -> tuple[pd.DataFrame, ...]:
    """Train without the sentences of either development part, and both of these."""
    root = str(folder / "newsmtsc")
    (train, found), (_, many) = (parts(load_newsmtsc(root, part)) for part in ("rw", "mt"))
    measured = {sentence_key(text) for part in (found, many) for text in sentences(part)}
    return train[~sentences(train).map(sentence_key).isin(measured)], found, many


def parts(corpus: Corpus) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is trained on, and the development rows, labelled all."""
    pairs = corpus.pairs
    train, dev = (pairs[pairs["split"] == split] for split in ("train", "dev"))
    return train.reset_index(drop=True), gold_or_directed(dev)


def gold_or_directed(pairs: pd.DataFrame) -> pd.DataFrame:
    """Labelled rows; the holder-free ones where a corpus has such."""
    free = pairs["holder_kind"].eq("any")
    kept = [gold_rows(pairs[free])] if free.any() else []
    directed = pairs[~free & pairs["label"].isin(LABELS)]
    return pd.concat([*kept, directed], ignore_index=True)


def one_hot(labels: pd.Series[str]) -> Any:
    return np.eye(len(LABELS))[[LABELS.index(label) for label in labels]]


def relation(both: Any) -> int:
    """Whether one of two is for or against the other; ``both`` (2, 3)."""
    scores = both.max(axis=0)
    scores[NEUTRAL] = both[:, NEUTRAL].min()
    return int(scores.argmax())


def direction(both: Any) -> int:
    """DSE's class from the probabilities of the stances toward entity 2 and toward 1; (2, 3)."""
    (toward_two, toward_one), neutral = both, both[:, NEUTRAL]
    scores = [
        neutral.prod(),
        toward_two[SUPPORT] * neutral[1],
        toward_one[SUPPORT] * neutral[0],
        toward_two[OPPOSITION] * neutral[1],
        toward_one[OPPOSITION] * neutral[0],
    ]
    return int(np.argmax(scores))


WHAT: dict[str, Callable[[Path, Make], Figures]] = {
    "tfidf": tfidf,
    "newsmtsc": newsmtsc,
    "dse": dse,
    "seesaw": seesaw,
}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--what", nargs="+", choices=WHAT, default=list(WHAT))
    options.add_argument("--seeds", type=int, nargs="+", default=[1])
    options.add_argument("--set", nargs="+", default=[], help="a parameter of the span model")
    given = options.parse_args()
    wanted: Any = OmegaConf.to_container(
        OmegaConf.merge(RECIPE, OmegaConf.from_dotlist(given.set)), resolve=True
    )
    short = 0
    for what in given.what:
        began = time.perf_counter()
        found: dict[str, list[float]] = {}
        for seed in given.seeds if what != "tfidf" else [1]:
            for name, figure in WHAT[what](
                given.folder, lambda seed=seed: SpanClassifier(**wanted, seed=seed)
            ):
                found.setdefault(name, []).append(figure)
        for name, figures in found.items():
            short += fmean(figures) < AIMS[name]
            spread = f" ± {stdev(figures):.3f}" if len(figures) > 1 else ""
            print(f"{name}: {fmean(figures):.3f}{spread} (aim {AIMS[name]})", flush=True)
        print(f"{what}: {(time.perf_counter() - began) / 60:.1f} minutes", flush=True)
    return int(bool(short))


if __name__ == "__main__":
    sys.exit(main())
