"""SEESAW: who is for or against whom in whole news articles, by canonical names.

Zhang, Beauchamp and Wang, *Generative entity-to-entity stance detection* (EMNLP 2022),
https://github.com/launchnlp/SEESAW. Annotations name holder and target without offsets: both are
found by the matcher in the sentence or in the three before it, and who is not found is counted.
There is no neutral label; neutrals are drawn from parties that a sentence names and nobody labels.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from stance.corpora.corpus import Corpus, file_hashes
from stance.corpora.files import Row, json_file, under
from stance.corpora.rows import article_row, make_row
from stance.parties.matcher import Matcher, Matching
from stance.parties.registry import load_registry
from stance.schema.nouns import InputError, Party, Sentence, Span
from stance.text.windows import CONTEXT, Window, window_of

LICENCE = "CC BY-NC-SA 4.0"
SPLITS = {"train": "train", "valid": "dev", "test": "test"}
POLARITY = {"NEG": "opposition", "POS": "support"}
#: Subjects that are no entity of the article, and the kind of holder that they are.
NOBODY = {"None": "author", "Not in the list": "unnamed"}
_KINDS = {"People": "person", "Organization": "organisation"}


@dataclass(slots=True)
class Linking:
    """How many of the annotated parties stand where they can be found."""

    targets: int = 0
    linked: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


def load_seesaw(
    root: str | None, name: str = "seesaw", neutrals: float = 1.0, seed: int = 1
) -> Corpus:
    """Directed rows with their holders, holder-free rows, and sampled neutrals (silver).

    ``neutrals``: how many of them for each holder-free labelled row.
    """
    folders = under(root, "SEESAW", "articles", "annotations", "meta")
    linking = Linking()
    pairs: list[dict[str, Any]] = []
    about: list[dict[str, str]] = []
    silver: list[dict[str, Any]] = []
    for meta in sorted(folders[2].glob("*.json")):
        for document in documents(meta, folders):
            rows, named = document.pairs(name, linking)
            pairs += rows
            silver += named
            about.append(document.about)
    if not about:
        raise InputError(f"{folders[2]}: no stories (*.json) here")
    free = sum(row["holder_kind"] == "any" for row in pairs)
    drawn = random.Random(seed).sample(silver, min(len(silver), round(neutrals * free)))
    files = (path for folder in folders for path in folder.glob("*.json"))
    return Corpus(
        name=name,
        construct="stance",
        pairs=pd.DataFrame([*pairs, *drawn]),
        articles=pd.DataFrame(about),
        licence=LICENCE,
        restricted=True,
        source="https://github.com/launchnlp/SEESAW",
        inputs=file_hashes(files, Path(str(root))),
        left_out=dict(linking.left_out),
        notes={
            "targets": linking.targets,
            "targets found in the window": linking.linked,
            "neutrals drawn": len(drawn),
            "neutrals seed": seed,
        },
    )


def documents(meta: Path, folders: Sequence[Path]) -> Iterator[Document]:
    """The articles of one story; ``folders`` are those of articles, annotations and meta."""
    story = json_file(meta)
    (split,) = story.get("Split")
    if split not in SPLITS:
        raise InputError(f"{meta}: Split {split!r} is none of {', '.join(SPLITS)}")
    for number in range(3):
        path = folders[0] / f"{meta.stem}_DOCUMENT_{number}.json"
        if path.is_file():
            marks = folders[1] / path.name
            if not marks.is_file():
                raise InputError(f"{marks}: missing, the annotations of {path}")
            yield Document(json_file(path), json_file(marks), story, number, SPLITS[split])


class Document:
    """One article with its annotations, and where its parties are named."""

    def __init__(self, article: Row, marks: Row, story: Row, number: int, split: str) -> None:
        self.where, self.split = marks.where, split
        self.id = Path(article.where).stem
        meta = story.values.get(f"Meta info for article {number}") or {}
        self.about = article_row(
            self.id,
            LICENCE,
            title=str(article.values.get("title", "")),
            date=str(story.values.get("story_time", "")),
            source=str(meta.get("source", "")),
            url=str(meta.get("url", "")),
            story_id=Path(story.where).stem,
        )
        (rows,) = article.get("text")
        self.text, self.sentences = joined([str(row["text"]) for row in rows])
        entities, stances = marks.get("entity lists", "sentence-level stances")
        self.stances: dict[str, list[dict[str, Any]]] = stances
        self.parties = [_party(entity[0], entity[1]) for entity in entities]
        matcher = Matcher(self.parties, Matching(ambiguous="always"))
        self.mentions, self.refused = matcher.explain(self.sentences)

    def pairs(
        self, corpus: str, linking: Linking
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """The labelled rows, and a neutral row for every party named without a label."""
        rows: list[dict[str, Any]] = []
        silver: list[dict[str, Any]] = []
        for sentence in self.sentences:
            found = self.stances.get(str(sentence.index), [])
            labels: dict[str, set[str]] = {}
            for number, stance in enumerate(found):
                row = self._directed(corpus, sentence.index, stance, linking, number)
                if row is not None:
                    labels.setdefault(str(stance["object"]), set()).add(row["label"])
                    rows += [row] if "holder_kind" in row else []
            for party, given in labels.items():
                rows.append(self._free(corpus, sentence.index, party, given))
            meant = {str(stance["object"]) for stance in found}
            for party in dict.fromkeys(m.party for m in self.mentions[sentence.index]):
                if party not in meant:
                    row = self._free(corpus, sentence.index, party, {"neutral"})
                    silver.append(row | {"provenance": "silver", "annotator": "named, unlabelled"})
        unique = {row["pair_id"]: row for row in rows}
        linking.left_out["the same stance twice"] += len(rows) - len(unique)
        return list(unique.values()), silver

    def _directed(
        self, corpus: str, index: int, stance: dict[str, Any], linking: Linking, number: int
    ) -> dict[str, Any] | None:
        where = f"{self.where}: sentence {index}, stance {number}"
        target, holder, polarity = Row(where, stance).get("object", "subject", "sentiment")
        if polarity not in POLARITY:
            raise InputError(f"{where}: sentiment {polarity!r} is none of {', '.join(POLARITY)}")
        linking.targets += 1
        window = window_of(self.text, self.sentences, index)
        spans = self.mentions_in(str(target), index, window)
        if not spans:
            linking.left_out[f"target not found: {self.why_missing(str(target), index)}"] += 1
            return None
        linking.linked += 1
        base = self._base(corpus, index, str(target), spans, window) | {"label": POLARITY[polarity]}
        if holder in NOBODY:
            return make_row(**base, holder_kind=NOBODY[str(holder)])
        held = self.mentions_in(str(holder), index, window)
        if held:
            return make_row(**base, holder_kind="party", holder=held, holder_party=str(holder))
        # Somebody named holds it, and is not to be read here: only the holder-free row stays.
        linking.left_out["holder not found, kept without holder"] += 1
        return base

    def _free(self, corpus: str, index: int, party: str, labels: set[str]) -> dict[str, Any]:
        window = window_of(self.text, self.sentences, index)
        spans = self.mentions_in(party, index, window)
        label = min(labels) if len(labels) == 1 else None
        base = self._base(corpus, index, party, spans, window)
        return make_row(**base, label=label, mixed=len(labels) > 1)

    def _base(
        self, corpus: str, index: int, party: str, spans: list[Span], window: Window
    ) -> dict[str, Any]:
        return {
            "corpus": corpus,
            "construct": "stance",
            "split": self.split,
            "article_id": self.id,
            "sentence_index": index,
            "text": window.text,
            "sentence": window.sentence,
            "target": spans,
            "party": party,
            "key": party,
        }

    def mentions_in(self, party: str, index: int, window: Window) -> list[Span]:
        """A party's mentions in the sentence, then those in the sentences before it."""
        near = range(index, max(-1, index - CONTEXT - 1), -1)
        return [
            window.place(self.sentences[i], mention.span)
            for i in near
            if self.sentences[i].span.start >= window.offset
            for mention in self.mentions[i]
            if mention.party == party
        ]

    def why_missing(self, party: str, index: int) -> str:
        """Why a party is not in the window, as far as the article tells."""
        if all(party != known.id for known in self.parties):
            return "not among the article's entities"
        near = range(max(0, index - CONTEXT), index + 1)
        reasons = [reason for i in near for m, reason in self.refused[i] if m.party == party]
        if reasons:
            return reasons[0]
        elsewhere = any(m.party == party for found in self.mentions for m in found)
        return "named further away" if elsewhere else "never named so"


def joined(texts: Sequence[str]) -> tuple[str, list[Sentence]]:
    """An article of these sentences, a space between them, and their places in it."""
    whole, sentences = "", list[Sentence]()
    for index, text in enumerate(texts):
        start = len(whole) + (index > 0)
        whole += " " * (index > 0) + text
        sentences.append(Sentence(index, Span(start, len(whole)), text))
    return whole, sentences


def _party(name: str, kinds: Sequence[str]) -> Party:
    """An entity as a party, with the names that the packaged registry knows for it."""
    for known in load_registry("world"):
        if name in (known.name, *known.aliases):
            aliases = (known.name, *known.aliases, *known.demonyms, *known.metonyms)
            return Party(name, name, "organisation", aliases)
    person = "People" in kinds and len(name.split()) > 1 and name.istitle()
    return Party(name, name, "person" if person else _KINDS.get(kinds[0] if kinds else "", "other"))
