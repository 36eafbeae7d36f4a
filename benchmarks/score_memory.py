"""Peak memory and speed of scoring what does not fit into memory: TF-IDF over 1 GiB of JSONL.

The articles are invented by a seeded generator. Aims: under 1.5 GiB at the peak, this command's
whole process tree added up, and 10,000 pairs a second on two cores, from JSONL to Parquet.

    python benchmarks/score_memory.py [--mib 1024]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq

from stance.corpora.project import project_pairs, read_project
from stance.models import StanceModel, save
from stance.models.tfidf import TfidfClassifier

GIBIBYTES, PAIRS_PER_SECOND = 1.5, 10_000
_SYLLABLES = "ba be bo da do fi ga gu ka ko la lo ma mi na no pa ra ro sa ta to va vo ze zi".split()
_VERBS = "praised criticised met accused thanked backed warned sued defended blamed".split()
_TAILS = (
    "over the new harbour fees that the council passed on Tuesday",
    "after a long night of talks about the budget for schools",
    "while hundreds of commuters waited for the strike to end",
    "in a letter that was read out at the yearly meeting",
)
_PLAIN = (
    "It rained for most of the day, and the market closed an hour early.",
    "Nobody had expected the vote to be counted again before the weekend.",
    "The ferry was late, as it often is when the wind comes from the north.",
)


def names(rng: random.Random, count: int = 200) -> list[str]:
    """Invented names of people."""
    words = ["".join(rng.choices(_SYLLABLES, k=3)).capitalize() for _ in range(2 * count)]
    return [f"{words[2 * k]} {words[2 * k + 1]}" for k in range(count)]


def article(rng: random.Random, number: int, cast: list[str]) -> str:
    """A line of JSON: an article of twenty sentences, most of which name somebody."""
    here = rng.sample(cast, 6)
    sentences = []
    for _ in range(20):
        who, whom = rng.sample(here, 2)
        sentence = f"{who} {rng.choice(_VERBS)} {whom} {rng.choice(_TAILS)}."
        sentences.append(sentence if rng.random() < 0.7 else rng.choice(_PLAIN))
    text = "\n\n".join(" ".join(sentences[k : k + 4]) for k in range(0, 20, 4))
    day = f"2026-{1 + number % 12:02d}-{1 + number % 28:02d}"
    return json.dumps({"id": f"a{number}", "text": text, "date": day, "source": "Gazette"})


def write_articles(path: Path, mib: float, cast: list[str]) -> None:
    """As many articles as fill so many MiB."""
    rng, size, number = random.Random(7), 0, 0
    with path.open("w", encoding="utf-8") as file:
        while size < mib * 2**20:
            size += file.write(article(rng, number, cast) + "\n")
            number += 1


def tree(root: int) -> list[int]:
    """A process and all that it has begun."""
    found = [root]
    for process in found:
        for task in Path(f"/proc/{process}/task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found


def kibibytes(process: int) -> int:
    """The memory that a process holds, shared pages included."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


def watched(command: list[str]) -> tuple[float, float, float]:
    """Run a command: the peak of its tree in GiB, its seconds, and its processors' seconds."""
    began, before, peak = time.monotonic(), os.times(), 0
    process = subprocess.Popen(command)
    while process.poll() is None:
        held = 0
        for one in tree(process.pid):
            try:
                held += kibibytes(one)
            except OSError:
                continue
        peak = max(peak, held)
        time.sleep(0.2)
    if process.returncode:
        raise SystemExit(process.returncode)
    after = os.times()
    spent = after.children_user + after.children_system
    spent -= before.children_user + before.children_system
    return peak / 2**20, time.monotonic() - began, spent


def main() -> int:
    """Print the figures; 1 if one misses its aim."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mib", type=float, default=1024, help="MiB of JSONL to score")
    mib = parser.parse_args().mib
    cast = names(random.Random(1))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_articles(folder / "articles.jsonl", mib, cast)
        (folder / "parties.txt").write_text("\n".join(cast), encoding="utf-8")
        articles = read_project()
        pairs = project_pairs(articles, {article.id: "train" for article in articles})
        save(StanceModel(TfidfClassifier().fit(pairs)), folder / "tfidf")
        command = [sys.executable, "-m", "stance", "score", f"input={folder}/articles.jsonl"]
        command += [f"parties={folder}/parties.txt", f"model_uri={folder}/tfidf", "quiet=true"]
        peak, seconds, spent = watched([*command, f"output={folder}/out.parquet"])
        rows = pq.ParquetFile(folder / "out.parquet").metadata.num_rows
        parties = pq.read_table(folder / "out.parquet", columns=["target_party"])
        asked = rows - parties["target_party"].null_count
    rate, alone = asked / seconds, 2 * asked / spent
    print(f"{mib:g} MiB, {rows} rows, {asked} pairs: {seconds:.0f} s, {spent:.0f} s of processors")
    print(
        f"peak {peak:.2f} GiB (aim {GIBIBYTES}); {rate:.0f} pairs/s, "
        f"{alone:.0f} where two cores have nothing else to do (aim {PAIRS_PER_SECOND})"
    )
    return int(peak > GIBIBYTES or max(rate, alone) < PAIRS_PER_SECOND)


if __name__ == "__main__":
    sys.exit(main())
