"""How fast a registry loads and the matcher reads, from 100 parties to 10,000.

Aims: 10,000 parties with 40,000 aliases load in under 1 s; 5 MB of text a second on one core; a
rate that falls by at most 20 % from 100 parties to 10,000.

    python benchmarks/matcher_speed.py
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from stance.corpora.project import read_project
from stance.parties.matcher import Matcher
from stance.parties.registry import load_registry
from stance.schema.nouns import Sentence, Span

LOAD_S, MB_PER_S, FALL = 1.0, 5.0, 0.20
_SYLLABLES = "ba be bo da do fi ga gu ka ko la lo ma mi na no pa ra ro sa ta to va vo ze zi".split()


def invented(rng: random.Random) -> str:
    return "".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))).capitalize()


def registry_file(count: int, folder: Path) -> Path:
    """A list of invented parties with four aliases each."""
    rng = random.Random(7)
    kinds = ["person", "company", "organisation", "party", "place"]
    lines = []
    for number in range(count):
        one, two, three = (invented(rng) for _ in range(3))
        kind = kinds[number % len(kinds)]
        aliases = [
            f"{one} {three}",
            f"{one} {two} {three} {number}",
            f"{two} of {one} {number}",
            f"{three}{number}",
        ]
        names = ", ".join(aliases)
        name = f"{one} {two} {number}"
        lines.append(f"- {{id: p{number}, name: {name}, kind: {kind}, aliases: [{names}]}}")
    path = folder / f"{count}.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def articles() -> list[list[Sentence]]:
    """The project's articles, again and again, about 5 MB."""
    found: list[list[Sentence]] = []
    size = 0
    while size < 5_000_000:
        for article in read_project():
            found.append(
                [Sentence(i, Span(0, len(s.text)), s.text) for i, s in enumerate(article.sentences)]
            )
            size += sum(len(s.text.encode()) for s in article.sentences)
    return found


def main() -> int:
    """Print the figures; 1 if one misses its aim."""
    texts = articles()
    size = sum(len(s.text.encode()) for text in texts for s in text) / 1e6
    rates = {}
    with tempfile.TemporaryDirectory() as folder:
        for count in (100, 1_000, 10_000):
            path = registry_file(count, Path(folder))
            load = best(lambda path=path: load_registry(str(path)))
            registry = load_registry(str(path))
            build = best(lambda registry=registry: Matcher(registry))
            matcher = Matcher(load_registry(["world", str(path)]))
            rates[count] = size / best(lambda matcher=matcher: read(matcher, texts), times=3)
            print(
                f"{count:>6} parties, {4 * count:>6} aliases: list read in {load:.2f} s, matcher "
                f"built in "
                f"{build:.2f} s, {rates[count]:.1f} MB/s with the world registry beside"
            )
            loaded = load + build
    fall = 1 - rates[10_000] / rates[100]
    print(
        f"loads in {loaded:.2f} s (aim {LOAD_S}), {min(rates.values()):.1f} MB/s (aim "
        f"{MB_PER_S}), falls {fall:.0%} (aim {FALL:.0%})"
    )
    return int(loaded > LOAD_S or min(rates.values()) < MB_PER_S or fall > FALL)


def best(action: object, times: int = 2) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        action()  # type: ignore[operator]
        taken.append(time.perf_counter() - start)
    return min(taken)


def read(matcher: Matcher, texts: list[list[Sentence]]) -> int:
    return sum(len(found) for text in texts for found in matcher.find(text))


if __name__ == "__main__":
    sys.exit(main())
