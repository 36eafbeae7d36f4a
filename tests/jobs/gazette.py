"""A corpus with one party that is in every article, for what the gate says of a single party.

The project's own corpus has no party in so many articles that the gate would judge by it. Here the
Harrow League stands in each of them, praised or blamed in words that a model can learn.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pandas as pd

LEAGUE = "Harrow League"
OTHERS = ("Port of Vantry", "Elspeth Morrow", "Tanners' Bank", "Coalition of the Weir", "Ivo Sandt")
CAST = (LEAGUE, *OTHERS)
#: What somebody does, so that it is followed by whom it is done to.
DOES = {
    "support": (
        "praised", "backed", "thanked", "defended", "endorsed", "applauded", "saluted", "stood by",
        "voted for", "vouched for", "congratulated", "rallied behind", "cheered", "honoured",
    ),
    "opposition": (
        "denounced", "sued", "blamed", "mocked", "condemned", "fined", "boycotted", "voted against",
        "scolded", "ridiculed", "expelled", "turned against", "accused", "punished",
    ),
    "neutral": (
        "met", "wrote to", "telephoned", "travelled with", "sat beside", "heard from", "visited",
        "replied to", "dined with", "waited for", "asked after", "passed", "named", "counted",
    ),
}  # fmt: skip
WHERE = (
    "on Tuesday",
    "at the harbour",
    "after the count",
    "in the council hall",
    "before the ball",
)
SIZES = {"train": 120, "dev": 12, "test": 45}


def gazette(seed: int = 1) -> pd.DataFrame:
    """The corpus as a table of ``text``, ``start``, ``end``, ``label``, ``article``, ``split``."""
    chance = random.Random(seed)
    rows = [
        {**row, "article": f"{split}-{number}", "split": split}
        for split, articles in SIZES.items()
        for number in range(articles)
        for row in _article(chance)
    ]
    return pd.DataFrame(rows).drop_duplicates(["article", "text", "start"])


def _article(chance: random.Random) -> Iterator[dict[str, object]]:
    """Two sentences about three parties, two about one; the League is in three of the four."""
    for _ in range(2):
        actor, other = chance.sample(OTHERS, 2)
        toward = [LEAGUE, other]
        chance.shuffle(toward)
        labels = chance.choices(tuple(DOES), (4, 4, 2), k=2)
        done = [chance.choice(DOES[label]) for label in labels]
        text = f"{actor} {done[0]} {toward[0]} and {done[1]} {toward[1]} {chance.choice(WHERE)}."
        yield from _rows(text, dict(zip((actor, *toward), ("neutral", *labels), strict=True)))
    for party in (LEAGUE, chance.choice(OTHERS)):
        label = chance.choice(tuple(DOES))
        did = chance.choice(DOES[label])
        yield from _rows(f"Most of the crowd {did} {party} {chance.choice(WHERE)}.", {party: label})


def _rows(text: str, stances: dict[str, str]) -> Iterator[dict[str, object]]:
    for party, label in stances.items():
        start = text.index(party)
        yield {"text": text, "start": start, "end": start + len(party), "label": label}
