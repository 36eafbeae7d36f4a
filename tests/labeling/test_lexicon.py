from __future__ import annotations

from pathlib import Path

import pytest

from stance.labeling.lexicon import FRAMES, LEXICON, load_lexicon, phrase_end
from stance.schema.nouns import InputError


def test_the_lexicon_holds_four_hundred_entries_in_every_frame_and_register() -> None:
    lexicon = load_lexicon()

    entries = [entry for found in lexicon.entries.values() for entry in found]

    assert len(lexicon.lemmas()) >= 400
    assert {entry.frame for entry in entries} == set(FRAMES)
    assert {entry.register for entry in entries} >= {
        "courts",
        "sanctions",
        "parliament",
        "parties",
        "labour",
        "diplomacy",
        "conflict",
        "quotes",
    }
    for frame in ("verbs", "nouns", "adjectives"):
        labels = {entry.label for entry in entries if entry.frame == frame}
        assert labels == {"support", "opposition"}


def test_an_entry_takes_the_forms_of_its_frame() -> None:
    lexicon = load_lexicon()

    assert {e.lemma for e in lexicon.starting("condemning") if e.frame == "verbs"} == {"condemn"}
    assert {e.lemma for e in lexicon.starting("tore") if e.frame == "verbs"} >= {"tear into"}
    assert "critic" in {e.lemma for e in lexicon.starting("critics")}


def test_one_noun_keeps_the_prepositions_of_all_its_entries(tmp_path: Path) -> None:
    extra = tmp_path / "extra.yaml"
    extra.write_text("port:\n  support:\n    nouns: [fender for, fender of|to]\n")

    found = load_lexicon(extra).starting("fender")

    assert {p for entry in found for p in entry.prepositions} == {"for", "of", "to"}


def test_a_gap_takes_up_to_four_words() -> None:
    words = "they put the old mayor on trial".split()

    assert phrase_end(("put", "~", "on", "trial"), words, 1) == 7
    assert phrase_end(("put", "~", "on", "trial"), ["put", *"abcde", "on", "trial"], 0) == -1


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("port:\n  against:\n    verbs: [boo]\n", 3, "'against'; write support: or opposition:"),
        ("port:\n  support:\n    verb: [boo]\n", 3, "frame 'verb'; there are verbs, nouns"),
        ("port:\n  support:\n    verbs: boo\n", 3, "needs a list"),
        ("port:\n  support:\n    verbs:\n    - Boo\n", 4, "'Boo' is no lower-case word"),
        ("port:\n  support:\n    nouns:\n    - ovation\n", 4, "needs a preposition"),
        (
            "port:\n  support:\n    verbs: [pipe]\n  opposition:\n    verbs: [pipe]\n",
            5,
            "'pipe' of verbs stands at",
        ),
        ("port:\n  support:\n    verbs: [pipe\n", 4, ""),
        ("port: {}\nport: {}\n", 2, "key 'port' stands twice"),
        ("refusals: no\n", 1, "needs a list"),
    ],
)
def test_a_fault_is_one_line_with_file_and_line(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    path = tmp_path / "extra.yaml"
    path.write_text(text)

    with pytest.raises(InputError) as caught:
        load_lexicon(path)

    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_packaged_lexicon_is_sound_by_itself() -> None:
    assert load_lexicon(path=LEXICON).lemmas() == load_lexicon().lemmas()
