"""How often the gate is wrong, by simulation on 1,100 pairs clustered in articles, no margin.

Equal models may fail in at most 6.5 % of the trials over the whole family of checks (nominal 5 %);
a true loss of 3 points, 12 % of the pairs flipping, has to fail overall in at least 80 % and to
pass in at most 5 %. ``python benchmarks/gate_error_rates.py [trials]``, 1,000 by default.
"""

from __future__ import annotations

import sys
from collections import Counter

from stance.evaluation.gate import GateSettings, gate
from stance.evaluation.refusal import Side
from stance.evaluation.simulate import simulated_gold, simulated_rivals

PAIRS, ARTICLES = 1_100, 400


def rates(loss: float, trials: int, *, clustering: float = 0.15) -> dict[str, float]:
    """Shares of verdicts; ``overall fail`` is that of the overall check alone."""
    counts = Counter[str]()
    for seed in range(trials):
        gold = simulated_gold(PAIRS, ARTICLES, seed=seed)
        old, new = simulated_rivals(gold, loss=loss, clustering=clustering, seed=100_000 + seed)
        settings = GateSettings(margin=0.0, guard_margin=0.0, draws=2_000, seed=seed)
        report = gate(gold, Side("challenger", [new]), Side("champion", [old]), settings)
        counts[report.verdict] += 1
        counts[f"overall {report.checks[0].verdict}"] += 1
    return {name: count / trials for name, count in sorted(counts.items())}


def main() -> int:
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    equal, worse = rates(0.0, trials), rates(0.03, trials)
    print(f"equal models: {equal} (aim: fail ≤ 0.065)")
    print(f"3 points worse: {worse} (aim: overall fail ≥ 0.8, pass ≤ 0.05)")
    missed = equal.get("fail", 0) > 0.065
    missed |= worse.get("overall fail", 0) < 0.8 or worse.get("pass", 0) > 0.05
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
