"""How many labels the queue saves: labelling in its order against random order, by simulation.

A logistic regression over a frozen encoder is trained on 100 random labels, then again after each
further 100, which the queue chose (its mix as `configs/queue.yaml` has it) or chance did; macro-F1
is measured on held-out articles, the mean over five seeds. Aim: the labels that chance needs for a
macro-F1 cost 30 % fewer, on the mean of what chance has with 1,000, 1,500 and 2,000 labels.

    python benchmarks/active_queue.py FOLDER [--corpus seesaw] [--cache DIR] [--tune]

FOLDER holds upstream checkouts. The mix was chosen on `standoff` (`--tune` tries it and others
there, with seeds of its own); `seesaw`, other articles labelled by other people, is what is
reported.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupShuffleSplit
from sklearn.preprocessing import StandardScaler

from stance.corpora.seesaw import load_seesaw
from stance.corpora.standoff import load_standoff
from stance.labeling.quality import gold_rows
from stance.labeling.queue.mixing import mixed
from stance.labeling.queue.signals import rarity, uncertainty
from stance.models.encoders import load_encoder, load_tokenizer
from stance.models.frozen import FrozenClassifier

SAVED, LEVELS = 0.30, (1000, 1500, 2000)
START, STEP, MOST = 100, 100, 2000
SEEDS, TUNING_SEEDS = range(5), range(100, 105)
#: The queue's own mix; rules and doubts are left out, as there is nothing that they would know.
MIX = {"uncertainty": 1.0, "balance": 0.5, "diversity": 0.1}
TRIED = (
    {"uncertainty": 1.0},
    {"uncertainty": 1.0, "diversity": 0.5},
    {"uncertainty": 1.0, "balance": 0.5},
    {"uncertainty": 1.0, "balance": 1.0},
    {"uncertainty": 1.0, "balance": 0.5, "diversity": 0.1},
    {"uncertainty": 1.0, "balance": 0.5, "diversity": 0.25},
    {"uncertainty": 1.0, "balance": 0.5, "diversity": 0.5},
)
CORPORA = {"standoff": (load_standoff, ""), "seesaw": (load_seesaw, "seesaw")}

Features = np.ndarray[Any, np.dtype[np.float32]]


def data(name: str, folder: Path, cache: Path | None) -> tuple[Features, pd.DataFrame]:
    """Features of the training pairs, read once, and the pairs."""
    loader, place = CORPORA[name]
    pairs = loader(str(folder / place)).pairs
    rows = gold_rows(pairs[pairs["split"] == "train"])
    file = cache / f"{name}.npy" if cache else None
    if file and file.is_file():
        return np.load(file), rows
    frozen = FrozenClassifier.reading(load_tokenizer("minilm"), load_encoder("minilm"))
    found = frozen.features(rows).astype("float32")
    if file:
        np.save(file, found)
    return found, rows


def curve(
    features: Features, rows: pd.DataFrame, seed: int, weights: dict[str, float] | None
) -> list[float]:
    """Macro-F1 after each round; ``None`` for weights is chance."""
    rng = np.random.default_rng(seed)
    labels = rows["label"].to_numpy(str)
    split = GroupShuffleSplit(1, test_size=0.3, random_state=seed)
    pool, test = next(split.split(rows, groups=rows["article_id"]))
    pool = rng.permutation(pool)
    known, scores = list(pool[:START]), []
    while True:
        scaler = StandardScaler().fit(features[known])
        model = LogisticRegression(C=0.01, class_weight="balanced", max_iter=300)
        model.fit(scaler.transform(features[known]), labels[known])
        said = model.predict(scaler.transform(features[test]))
        scores.append(float(f1_score(labels[test], said, average="macro")))
        if len(known) >= MOST:
            return scores
        left = pool[~np.isin(pool, known)]
        if weights is None:
            known += list(left[:STEP])
            continue
        chances = model.predict_proba(scaler.transform(features[left]))
        signals = pd.DataFrame(
            {"uncertainty": uncertainty(chances), "balance": rarity(chances, labels[known])}
        )
        order = mixed(signals, weights, features[left], features[known], size=STEP)
        known += list(left[order["row"]])


def saved(queue: np.ndarray, chance: np.ndarray) -> tuple[float, list[str]]:
    """The mean share of labels saved, and a line for each level."""
    counts = np.arange(START, MOST + 1, STEP)
    shares, lines = [], []
    for level in LEVELS:
        goal = chance[counts == level][0]
        # Chance has its curve's first crossing as well: no lucky round counts for the queue alone.
        needed, by_chance = first(queue, counts, goal), first(chance, counts, goal)
        shares.append(1 - needed / by_chance)
        lines.append(f"macro-F1 {goal:.3f}: {by_chance:.0f} by chance, {needed:.0f} by the queue")
    return float(np.mean(shares)), lines


def first(scores: np.ndarray, counts: np.ndarray, goal: float) -> float:
    """Labels at which a curve first reaches the goal, between two rounds in proportion."""
    above = np.flatnonzero(scores >= goal)
    if not len(above):
        return float("inf")
    at = above[0]
    if at == 0:
        return float(counts[0])
    share = (goal - scores[at - 1]) / (scores[at] - scores[at - 1])
    return float(counts[at - 1] + share * STEP)


def mean_curve(seeds: range, *given: Any) -> np.ndarray:
    features, rows, weights = given
    return np.mean([curve(features, rows, seed, weights) for seed in seeds], axis=0)


def main() -> int:
    warnings.filterwarnings("ignore", category=FutureWarning)
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--corpus", choices=list(CORPORA), default="seesaw")
    options.add_argument("--cache", type=Path)
    options.add_argument("--tune", action="store_true")
    given = options.parse_args()
    name = "standoff" if given.tune else given.corpus
    seeds = TUNING_SEEDS if given.tune else SEEDS
    features, rows = data(name, given.folder, given.cache)
    shares = rows["label"].value_counts(normalize=True).round(2).to_dict()
    print(f"{name}: {len(rows)} pairs, {shares}, seeds {list(seeds)}", flush=True)
    chance = mean_curve(seeds, features, rows, None)
    print(f"chance: {chance.round(3)}", flush=True)
    best = -np.inf
    for weights in TRIED if given.tune else (MIX,):
        queue = mean_curve(seeds, features, rows, weights)
        share, lines = saved(queue, chance)
        best = max(best, share)
        print(f"{weights}: {queue.round(3)}\n  " + "\n  ".join(lines))
        print(f"  {share:.0%} fewer labels (aim: {SAVED:.0%})", flush=True)
    return int(best < SAVED)


if __name__ == "__main__":
    sys.exit(main())
