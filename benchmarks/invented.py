"""Invented articles for the speed benchmark: as long as news, however many parties they name.

Lengths are drawn from the distribution of NewsMTSC's training part (7,739 sentences, Hamborg and
Donnay 2021) under the tokenizer of MiniLM, special tokens included: mean 34.6, standard deviation
22.4, and the quantiles below. Ten names need 24 tokens, so that nothing shorter is drawn, whatever
the number of parties. Each name and each word is one token.
"""

from __future__ import annotations

import json
import random
from bisect import bisect_right
from pathlib import Path
from typing import Any

from stance.schema.nouns import Party

#: (share of the sentences, tokens) of NewsMTSC; its longest one percent is cut at 120.
QUANTILES = (
    (0.0, 6), (0.01, 9), (0.05, 13), (0.1, 15), (0.2, 20), (0.25, 22), (0.3, 24), (0.4, 28),
    (0.5, 32), (0.6, 36), (0.7, 41), (0.75, 44), (0.8, 47), (0.9, 56), (0.95, 64), (0.99, 92),
    (1.0, 120),
)  # fmt: skip
SHORTEST = 24
NAMES = (
    "Anna Boris Clara Dmitri Elena Felix Greta Hassan Igor Jonas Karen Laura Marco Nina Oscar "
    "Paul Rosa Simon Tanya Victor"
).split()
VERBS = (
    "praised criticised met accused thanked backed supported blamed attacked joined sued "
    "welcomed ignored defended opposed rejected"
).split()
#: What a sentence goes on with, word by word, until it is long enough.
WORDS = (
    "over the new harbour plan that parliament passed on the second day of its long session "
    "after one night of talks about money for schools and roads in the north while hundreds of "
    "workers waited for the strike to end and nobody in the province had been asked before "
    "although many of them had written letters to the paper which said that the vote was lost"
).split()


def people() -> list[Party]:
    return [Party(id=name, name=name, kind="person") for name in NAMES]


def draw_tokens(rng: random.Random) -> int:
    """How many tokens the next sentence has, special ones included."""
    share = rng.random()
    at = min(bisect_right(QUANTILES, (share, 1e9)), len(QUANTILES) - 1)
    (low, few), (high, many) = QUANTILES[at - 1], QUANTILES[at]
    return max(SHORTEST, round(few + (many - few) * (share - low) / (high - low)))


def sentence(rng: random.Random, tokens: int, count: int) -> str:
    """A sentence of so many tokens that names ``count`` parties."""
    length = tokens - 3  # a full stop, and the encoder's own two
    named = rng.sample(NAMES, count)
    words = [named[0], rng.choice(VERBS)]
    words += [word for name in named[1:] for word in (name, "and")]
    if count > 1:
        words.pop()
    start = rng.randrange(len(WORDS))
    words += [WORDS[(start + k) % len(WORDS)] for k in range(length - len(words))]
    return " ".join(words) + "."


def write(path: Path, sentences: int, count: int) -> Path:
    """A JSONL file of articles of ten sentences, each of which names ``count`` parties."""
    lengths, rng = random.Random(7), random.Random(count)
    with path.open("w", encoding="utf-8") as file:
        for number in range(sentences // 10):
            text = " ".join(sentence(rng, draw_tokens(lengths), count) for _ in range(10))
            file.write(json.dumps({"id": f"a{number}", "text": text, "language": "en"}) + "\n")
    return path


def mean_tokens(path: Path, tokenizer: Any) -> float:
    """Tokens of a sentence on average, as the encoder reads them."""
    texts = [json.loads(line)["text"] for line in path.open(encoding="utf-8")]
    sentences = [f"{s.rstrip('.')}." for text in texts for s in text.split(". ")]
    return sum(map(len, tokenizer(sentences)["input_ids"])) / len(sentences)
