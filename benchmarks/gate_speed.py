"""Ten models on 10,000 pairs with 2,000 bootstrap draws: under 20 s and 1 GiB."""

from __future__ import annotations

import resource
import sys
import time

from stance.evaluation.many import evaluate_many
from stance.evaluation.simulate import simulated_gold, simulated_model

PAIRS, ARTICLES, MODELS, DRAWS = 10_000, 3_600, 10, 2_000
SECONDS, GIBIBYTES = 20.0, 1.0


def main() -> int:
    gold = simulated_gold(PAIRS, ARTICLES)
    models = {f"model {k}": simulated_model(gold, 0.7 + k / 100, seed=k) for k in range(MODELS)}
    start = time.perf_counter()
    evaluate_many(gold, models, floors=["model 0"], draws=DRAWS)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{MODELS} models × {PAIRS} pairs, {DRAWS} draws of {ARTICLES} articles:")
    print(f"{seconds:.1f} s (aim {SECONDS:g}), peak {peak:.2f} GiB with all imports (aim 1)")
    return int(seconds > SECONDS or peak > GIBIBYTES)


if __name__ == "__main__":
    sys.exit(main())
