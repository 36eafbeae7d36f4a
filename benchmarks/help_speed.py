"""`--help` of every command in under 1.5 s: the best of three runs, each in its own process."""

from __future__ import annotations

import subprocess
import sys
import time

from stance.cli import JOBS

SECONDS, TRIES = 1.5, 3


def seconds(*words: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "stance", *words], check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> int:
    asked = {"stance": ("--help",), **{job: (job, "--help") for job in JOBS}}
    best = {name: min(seconds(*words) for _ in range(TRIES)) for name, words in asked.items()}
    slowest = max(best, key=lambda name: best[name])
    for name, taken in best.items():
        print(f"{name:<10} {taken:.2f} s")
    print(f"slowest: {slowest}, {best[slowest]:.2f} s (aim {SECONDS:g})")
    return int(best[slowest] > SECONDS)


if __name__ == "__main__":
    sys.exit(main())
