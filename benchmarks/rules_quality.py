"""The rules where the labels are known: the whole of them on every corpus, and a table per rule.

    python benchmarks/rules_quality.py FOLDER [--least 0.65] [--rules CORPUS] [--write]

FOLDER holds upstream checkouts: newsmtsc/, newstsc/, dse/, seesaw/, realnews/. Aim, on realnews
(which nobody tunes on): precision on support and on opposition 0.80, the holder right 0.75 of the
times that one is given. The other corpora are shown as they are. Standoff and the training parts
are what the lexicon was made with, so that their figures flatter.

``--write`` counts each rule's and each word's votes on the training parts of the corpora that are
coded by the codebook into ``measured.yaml``, from which votes take their confidence.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from stance.corpora.dse import load_dse
from stance.corpora.project import load_project
from stance.corpora.realnews import load_realnews
from stance.corpora.seesaw import load_seesaw
from stance.corpora.standoff import load_standoff, load_standoff_seesaw
from stance.labeling.confidence import MEASURED
from stance.labeling.model import RulesModel
from stance.labeling.quality import Quality, gold_rows, measure, rule_table
from stance.labeling.rules import BUILT_IN
from stance.labeling.votes import Vote

PRECISION, HOLDER = 0.80, 0.75
LOADERS = {
    "realnews": (load_realnews, "realnews", "dev"),
    "seesaw": (load_seesaw, "seesaw", "dev"),
    "dse": (load_dse, "dse", "dev"),
    "project": (load_project, None, "dev"),
    "standoff": (load_standoff, "", "train"),
    "standoff_seesaw": (load_standoff_seesaw, "seesaw", "train"),
    "project train": (load_project, None, "train"),
}
#: What confidence is measured on: labels by the codebook, none of them measured on.
CODED = ("standoff", "standoff_seesaw", "project train")


def part(name: str, folder: Path) -> pd.DataFrame:
    loader, place, split = LOADERS[name]
    pairs = loader(str(folder / place) if place is not None else None).pairs
    return pairs[pairs["split"] == split].reset_index(drop=True)


def main() -> int:
    """Print everything; 1 if realnews misses an aim."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--least", type=float, default=0.65)
    options.add_argument("--rules", default="standoff")
    options.add_argument("--write", action="store_true")
    given = options.parse_args()
    if given.write:
        write(given.folder)
    model = RulesModel(least=given.least)
    print(f"{len(model.lexicon.lemmas())} entries in the lexicon, least confidence {given.least}")
    print(f"{'':<16} pairs  {'precision':<20}{'support':<20}{'opposition':<20}{'recall':<22}holder")
    found: dict[str, Quality] = {}
    for name in LOADERS:
        pairs = part(name, given.folder)
        rows = gold_rows(pairs)
        votes = model.votes(rows)
        found[name] = measure(pairs, rows, votes)
        print(line(name, found[name]))
        if name == given.rules:
            table = rules(rows, votes)
    print(f"\nper rule on {given.rules}\n{table.round(3).to_string(index=False)}")
    return int(missed(found["realnews"]))


def rules(rows: pd.DataFrame, votes: list[list[Vote]]) -> pd.DataFrame:
    cast = [
        {"pair_id": pair, "rule": vote.rule, "label": vote.label}
        for pair, found in zip(rows["pair_id"], votes, strict=True)
        for vote in found
    ]
    gold = dict(zip(rows["pair_id"], rows["label"], strict=True))
    return rule_table(pd.DataFrame(cast), len(rows), gold)


def line(name: str, quality: Quality) -> str:
    shares = [quality.precision, quality.support, quality.opposition]
    cells = "".join(f"{share!s:<20}" for share in shares)
    return (
        f"{name:<16}{quality.pairs:>6}  {cells}{quality.recall!s:<22}"
        f"{quality.holder}, named {quality.named}"
    )


def missed(quality: Quality) -> bool:
    """Whether realnews falls short."""
    precision = min(quality.precision.value, quality.support.value, quality.opposition.value)
    short = precision < PRECISION or quality.holder.value < HOLDER
    print(
        f"realnews: precision {precision:.2f} at least (aim {PRECISION}), holder "
        f"{quality.holder.value:.2f} (aim {HOLDER}), recall {quality.recall.value:.2f}"
        f"{': MISSED' if short else ''}"
    )
    return short


def write(folder: Path) -> None:
    """Count votes on what was coded by the codebook, and write ``measured.yaml``."""
    model = RulesModel(least=0.0)
    rules: Counter[tuple[str, str, bool]] = Counter()
    silent: Counter[bool] = Counter()
    for name in CODED:
        rows = gold_rows(part(name, folder))
        for label, cast in zip(rows["label"], model.votes(rows), strict=True):
            if not cast:
                silent[label == "neutral"] += 1
            for vote in {(v.rule, v.lemma, v.label) for v in cast}:
                rule = vote[0] if vote[2] != "neutral" else "neutral"
                rules[rule, vote[1] if rule != "neutral" else "", vote[2] == label] += 1
    MEASURED.write_text("\n".join(measured(rules, silent)) + "\n", encoding="utf-8")


def measured(rules: Counter[tuple[str, str, bool]], silent: Counter[bool]) -> Iterator[str]:
    yield "# Votes of each rule and each entry where the label is known, and how many were right:"
    yield "# [votes, right]. Written by benchmarks/rules_quality.py --write; not to be edited."
    yield f"silent: [{silent.total()}, {silent[True]}]"
    yield "rules:"
    # A rule that never voted has no record, and is not to be believed like a user's own.
    names = sorted({rule for rule, _, _ in rules} | set(BUILT_IN))
    for rule in names:
        own = [(n, ok) for (name, _, ok), n in rules.items() if name == rule]
        yield f"  {rule}: [{sum(n for n, _ in own)}, {sum(n for n, ok in own if ok)}]"
    yield "entries:"
    for rule in names:
        lemmas = sorted({lemma for name, lemma, _ in rules if name == rule and lemma})
        if lemmas:
            yield f"  {rule}:"
        for lemma in lemmas:
            right, wrong = rules[rule, lemma, True], rules[rule, lemma, False]
            yield f'    "{lemma}": [{right + wrong}, {right}]'


if __name__ == "__main__":
    sys.exit(main())
