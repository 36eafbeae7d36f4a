"""The matcher against the marks of the project's articles, by rule.

The gold set is every mention that the writers of the articles elx-* and soc-* marked, pronouns
aside: actor uses are to be found, place uses (tag ``place``) are not. Articles with an even number
are for tuning, the others are the test part. Aim on the test part: precision 0.96, recall 0.92.

    python benchmarks/matcher_quality.py [--part tuning|test] [--faults]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from stance.corpora.markup import MarkedArticle
from stance.corpora.project import read_project
from stance.parties.matcher import Matcher
from stance.parties.registry import load_registry
from stance.schema.nouns import Mention, Sentence, Span

REGISTRY = Path(__file__).with_name("matcher_parties.yaml")
PRECISION, RECALL, MENTIONS, ARTICLES = 0.96, 0.92, 800, 60
PRONOUNS = frozenset(
    "i me my we us our you he she it they him her them his its their hers theirs himself herself "
    "itself themselves who whom whose which one both each".split()
)


def gold_articles(part: str) -> list[MarkedArticle]:
    chosen = [a for a in read_project() if a.id[:4] in ("elx-", "soc-")]
    odd = part == "test"
    return [a for a in chosen if int(a.id[4:]) % 2 == odd or part == "all"]


def measure(part: str) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Counts by (rule, hit | false | place) and of (kind, missed), and each fault as a line."""
    registry = load_registry(["world", str(REGISTRY)])
    ids = {party.name: party.id for party in registry}
    matcher = Matcher(registry)
    counts: Counter[tuple[str, str]] = Counter()
    faults = []
    for article in gold_articles(part):
        named = {key: ids[name] for key, name in article.parties.items()}
        texts = [s.text for s in article.sentences]
        sentences = [Sentence(i, Span(0, len(t)), t) for i, t in enumerate(texts)]
        for marked, found in zip(article.sentences, matcher.find(sentences), strict=True):
            places = {s.target for s in marked.stances if "place" in s.tags}
            gold = [
                (span, named[key], key in places)
                for span, key in marked.mentions
                if span.of(marked.text).lower() not in PRONOUNS
            ]
            left = list(gold)
            for mention in found:
                if mention.party not in set(named.values()):
                    continue
                hit = next((g for g in left if same(g[0], g[1], mention)), None)
                verdict = "false" if hit is None else "place" if hit[2] else "hit"
                counts[mention.rule, verdict] += 1
                if hit:
                    left.remove(hit)
                if verdict != "hit":
                    words = mention.span.of(marked.text)
                    faults.append(
                        f"{verdict} {mention.rule} {words!r}={mention.party}: {marked.text}"
                    )
            for span, party, is_place in left:
                if not is_place:
                    counts["", "missed"] += 1
                    faults.append(f"missed {span.of(marked.text)!r}={party}: {marked.text}")
                else:
                    counts["", "place left out"] += 1
    return counts, faults


def same(span: Span, party: str, mention: Mention) -> bool:
    """The same party by words that end at the same place, titles and articles aside."""
    ends = abs(span.end - mention.span.end) == 0
    return party == mention.party and ends


def main() -> int:
    """Print the table; 1 if an aim is missed on the test part."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--part", default="test", choices=("tuning", "test", "all"))
    options.add_argument("--faults", action="store_true")
    given = options.parse_args()
    counts, faults = measure(given.part)
    if given.faults:
        print("\n".join(faults))
    hits = sum(n for (_, verdict), n in counts.items() if verdict == "hit")
    wrong = sum(n for (_, verdict), n in counts.items() if verdict in ("false", "place"))
    missed = counts["", "missed"]
    print(f"{'rule':<12} {'right':>6} {'wrong':>6} {'place':>6}")
    for rule in sorted({rule for rule, _ in counts if rule}):
        row = [counts[rule, verdict] for verdict in ("hit", "false", "place")]
        print(f"{rule:<12}" + "".join(f" {number:>6}" for number in row))
    precision, recall = hits / max(1, hits + wrong), hits / max(1, hits + missed)
    every, _ = measure("all")
    mentions = sum(n for (_, verdict), n in every.items() if verdict != "false")
    print(
        f"{given.part}: precision {precision:.3f} (aim {PRECISION}), recall {recall:.3f} (aim "
        f"{RECALL}); "
        f"{hits + missed} actor mentions, {counts['', 'place left out']} places rightly left out; "
        f"gold in all: {mentions} mentions in {len(gold_articles('all'))} articles"
    )
    return int(given.part == "test" and (precision < PRECISION or recall < RECALL))


if __name__ == "__main__":
    sys.exit(main())
