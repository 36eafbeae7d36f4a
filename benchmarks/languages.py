"""How often English news is taken for another language, and another language for English.

English: the sentences of the project's corpus, and headlines of three to ten of their words as they
stand, in capitals, and In Title Case; at most 1 in 1,000 may be mistaken. A file of texts of your
own, one a line, is measured too: at least 95 % have to be found not to be English (or to be, `en`).

    python benchmarks/languages.py [pt=FILE ...]
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from stance.corpora.project import load_project
from stance.text.languages import detect_language

MISTAKEN, FOUND = 0.001, 0.95


def english() -> list[str]:
    """Sentences, and headlines made of them."""
    rng = random.Random(1)
    windows = load_project().pairs.drop_duplicates(["article_id", "sentence_index"])
    sentences = [
        row.text[row.sentence_start : row.sentence_end]
        for row in windows.itertuples()  # the sentence without its context
    ]
    heads = [" ".join(text.split()[: rng.randint(3, 10)]) for text in sentences]
    return [*sentences, *heads, *map(str.upper, heads), *map(str.title, heads)]


def main(arguments: list[str]) -> int:
    texts = english()
    wrong = [(text, found) for text in texts if (found := detect_language(text)) != "en"]
    for text, found in wrong[:10]:
        print(f"  {found}: {text}")
    share = len(wrong) / len(texts)
    print(f"English taken for another: {len(wrong)} of {len(texts)} ({share:.3%})")
    failed = share > MISTAKEN
    for language, _, file in (argument.partition("=") for argument in arguments):
        lines = [line for line in Path(file).read_text(encoding="utf-8").splitlines() if line]
        right = sum((detect_language(line) == "en") == (language == "en") for line in lines)
        print(f"{language}: {right} of {len(lines)} told apart ({right / len(lines):.1%})")
        failed |= right / len(lines) < FOUND
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
