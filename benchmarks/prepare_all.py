"""All outside corpora and our own, prepared one after another: under 90 s and 1.5 GiB in all.

    python benchmarks/prepare_all.py FOLDER

FOLDER holds upstream checkouts: newsmtsc/, newstsc/, dse/, seesaw/, politiquices/, realnews/.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time

SECONDS, GIB = 90.0, 1.5
ROOTS = {
    "project": "",
    "newsmtsc_rw": "newsmtsc",
    "newsmtsc_mt": "newsmtsc",
    "newstsc": "newstsc",
    "dse": "dse",
    "seesaw": "seesaw",
    "politiquices": "politiquices",
    "realnews": "realnews",
    "standoff": ".",
    "standoff_seesaw": "seesaw",
}


def main(folder: str) -> int:
    """Print a line for each corpus; 1 if the time or the memory is beyond its aim."""
    whole = 0.0
    with tempfile.TemporaryDirectory() as out:
        for corpus, root in ROOTS.items():
            place = [f"corpus.root={folder}/{root}"] if root else []
            words = [f"corpus={corpus}", f"output={out}/{corpus}", "track=false", "quiet=true"]
            start = time.perf_counter()
            subprocess.run([sys.executable, "-m", "stance", "prepare", *words, *place], check=True)
            taken = time.perf_counter() - start
            whole += taken
            print(f"{corpus:<14} {taken:5.1f} s")
    # Linux counts in KiB.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    print(f"{whole:.1f} s in all (aim {SECONDS}), at most {peak:.2f} GiB (aim {GIB})")
    return int(whole > SECONDS or peak > GIB)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
