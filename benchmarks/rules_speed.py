"""How fast the rules read: every rule over 20,000 pairs, on one core.

Aim: under 10 s of processor time. The pairs are the project's own, again and again; with FOLDER,
upstream checkouts as in `benchmarks/rules_quality.py`, real sentences are read as well.

    python benchmarks/rules_speed.py [FOLDER] [--profile]
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import time
from pathlib import Path

import pandas as pd
from rules_quality import part

from stance.labeling.model import RulesModel
from stance.labeling.quality import gold_rows

SECONDS, PAIRS = 10.0, 20_000
REAL = ("standoff", "standoff_seesaw", "seesaw", "dse")


def repeated(pairs: pd.DataFrame) -> pd.DataFrame:
    """As many pairs as are read; each round has articles of its own, so that none is read once."""
    rounds = -(-PAIRS // len(pairs))
    parts = [pairs.assign(article_id=pairs["article_id"] + f"/{n}") for n in range(rounds)]
    return pd.concat(parts, ignore_index=True).head(PAIRS)


def measured(what: str, pairs: pd.DataFrame, model: RulesModel) -> float:
    start = time.process_time()
    votes = model.votes(pairs)
    taken = time.process_time() - start
    sentences = pairs.groupby(["article_id", "sentence_index", "text"]).ngroups
    print(
        f"{what}: {len(pairs):,} pairs in {sentences:,} sentences, "
        f"{sum(map(len, votes)):,} votes in {taken:.2f} s (aim: {SECONDS:g} s)"
    )
    return taken


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path, nargs="?")
    options.add_argument("--profile", action="store_true")
    given = options.parse_args()
    model = RulesModel()
    names = {"project": ("project", "project train")}
    if given.folder:
        names["real"] = REAL
    taken = []
    for what, parts in names.items():
        frames = [gold_rows(part(name, given.folder or Path())) for name in parts]
        pairs = repeated(pd.concat(frames, ignore_index=True))
        taken.append(measured(what, pairs, model))
        if given.profile:
            with cProfile.Profile() as profile:
                model.votes(pairs)
            pstats.Stats(profile).sort_stats("tottime").print_stats(20)
    return int(max(taken) > SECONDS)


if __name__ == "__main__":
    sys.exit(main())
