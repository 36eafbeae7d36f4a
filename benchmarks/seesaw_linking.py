"""The matcher on SEESAW's valid articles, with each article's entity list as its registry.

Annotators name holders and targets canonically. An entity is *linkable* where a plain search finds
its name, a name that the packaged registry knows for it, or the last word of a person's name in
the sentence or in the three before it. Printed: how many linkable entities the matcher finds, and
why it misses the others. No aim is set; the figures are reported.

    python benchmarks/seesaw_linking.py FOLDER      (an upstream checkout of SEESAW)
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from stance.corpora.files import under
from stance.corpora.seesaw import NOBODY, documents
from stance.text.windows import window_of


def main(root: str) -> int:
    """Print the recall and the reasons."""
    folders = under(root, "SEESAW", "articles", "annotations", "meta")
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for meta in sorted(Path(folders[2]).glob("*.json")):
        for document in documents(meta, folders):
            if document.split != "dev":
                continue
            parties = {party.id: party for party in document.parties}
            for key, stances in document.stances.items():
                window = window_of(document.text, document.sentences, int(key))
                for stance in stances:
                    for role in ("subject", "object"):
                        name = stance[role]
                        if role == "subject" and name in NOBODY:
                            continue
                        counts["entities"] += 1
                        party = parties.get(name)
                        if party is None:
                            counts["not in the article's list"] += 1
                            continue
                        names = {party.name, *party.aliases}
                        if party.kind == "person":
                            names.add(party.name.split()[-1])
                        if not any(one in window.text for one in names):
                            counts["not named in the window"] += 1
                            continue
                        counts["linkable"] += 1
                        if document.mentions_in(name, int(key), window):
                            counts["found"] += 1
                        else:
                            reasons[document.why_missing(name, int(key))] += 1
    for name, number in counts.items():
        print(f"{number:>6} {name}")
    print(f"recall of linkable entities {counts['found'] / counts['linkable']:.3f}")
    for reason, number in reasons.most_common():
        print(f"{number:>6} missed: {reason}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
