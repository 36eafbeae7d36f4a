from __future__ import annotations

from pathlib import Path

import pytest

from stance.corpora.markup import read_marked
from stance.corpora.project import article_pairs
from stance.schema.nouns import InputError
from stance.schema.table import pair_faults

ARTICLE = """
- id: mill-1
  title: Mill strike
  date: 2031-05-06
  source: wire
  parties: {weavers: Weavers' Union, mill: Holm Mill, board: Wage Board}
  sentences:
  - text: >-
      The {Weavers' Union|weavers} called {Holm Mill|mill} a disgrace,
      while the {Wage Board|board} defended {the mill|mill}.
    stances:
    - {target: mill, label: opposition, holder: weavers, tags: [quote]}
    - {target: mill, label: support, holder: board}
    - {target: weavers, label: neutral}
    - {target: board, label: neutral}
  - text: Nothing else happened.
  - text: >-
      {It|mill} thanked the {board|board}.
    stances:
    - {target: mill, label: neutral, tags: [anaphor]}
    - {target: board, label: support, holder: mill}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "articles.yaml"
    path.write_text(text)
    return path


def test_marks_become_spans_and_stances_become_pairs(tmp_path: Path) -> None:
    (article,) = read_marked(write(tmp_path, ARTICLE))

    rows = list(article_pairs(article))

    assert not [fault for row in rows for fault in pair_faults(row | {"split": "train"})]
    free = {(r["sentence_index"], r["target_party"]): r for r in rows if r["holder_kind"] == "any"}
    assert free[0, "Holm Mill"]["mixed"]
    assert free[0, "Holm Mill"]["label"] is None
    assert "conflicting" in free[0, "Weavers' Union"]["tags"]
    assert free[2, "Wage Board"]["label"] == "support"
    assert len(free) == 5


def test_directed_rows_name_their_holder(tmp_path: Path) -> None:
    (article,) = read_marked(write(tmp_path, ARTICLE))

    held = [row for row in article_pairs(article) if row["holder_kind"] == "party"]

    assert [(row["holder"], row["target"], row["label"]) for row in held] == [
        ("Weavers' Union", "Holm Mill", "opposition"),
        ("Wage Board", "Holm Mill", "support"),
        ("It", "board", "support"),
    ]


def test_the_sentences_own_mentions_stand_before_those_of_its_context(tmp_path: Path) -> None:
    (article,) = read_marked(write(tmp_path, ARTICLE))

    last = next(r for r in article_pairs(article) if r["sentence_index"] == 2)

    words = [last["text"][s["start"] : s["end"]] for s in last["target_spans"]]
    assert words == ["It", "Holm Mill", "the mill"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("label: support, holder: board", "label: support", "support needs a holder"),
        ("target: weavers, label: neutral", "target: weavers, label: fine", "'fine' is none of"),
        ("- {target: board, label: neutral}", "", "no stance toward board"),
        ("{It|mill}", "{It|miller}", "party miller is not in parties"),
        ("tags: [quote]", "tags: [quip]", "unknown tag quip"),
        ("2031-05-06", "someday", "date must be YYYY-MM-DD"),
        ("holder: weavers", "holder: nobody", "holder nobody is not mentioned"),
        ("source: wire", "sauce: wire", "missing source"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in ARTICLE
    path = write(tmp_path, ARTICLE.replace(old, new, 1))

    with pytest.raises(InputError, match=said) as caught:
        list(read_marked(path))

    assert "articles.yaml: article 1" in str(caught.value)
