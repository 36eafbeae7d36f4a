from __future__ import annotations

from stance.labeling.lexicon import load_lexicon
from stance.labeling.reading import read
from stance.schema.nouns import Span
from tests.labeling.asking import read_text


def test_words_keep_their_places_in_the_window() -> None:
    text = "It rained. Sen. Tarn (R-Ky.) doesn’t like Orlev’s plan."
    start = text.index("Sen.")

    reading = read(text, Span(start, len(text)), [], load_lexicon())

    assert reading.raw[:2] == ("Sen.", "Tarn")
    assert all(span.of(text) == word for span, word in zip(reading.spans, reading.raw, strict=True))


def test_mentions_before_the_sentence_stand_apart() -> None:
    text = "Tarn came. He praised Orlev."
    start = text.index("He")

    reading = read(text, Span(start, len(text)), [[Span(0, 4)]], load_lexicon())

    assert reading.parties == ((),)
    assert reading.before == ((Span(0, 4),),)


def test_cues_are_found_with_their_frames() -> None:
    reading = read_text("Orlev threw its weight behind Tarn, a critic of Dace.")

    lemmas = {cue.entry.lemma for cue in reading.cues}

    assert {"throw ~ weight behind", "critic"} <= lemmas
    assert [cue.entry.lemma for cue in reading.frame("agents")] == ["critic"]
    assert reading.frame("prefixes") == ()


def test_who_owns_a_noun_stands_before_it() -> None:
    reading = read_text("Orlev's sharp criticism and his plan.")
    words = reading.words

    owner = reading.owner(words.index("criticism"))
    pronoun = reading.owner(words.index("plan"))

    assert owner is not None
    assert reading.raw[owner.start : owner.end] == ("Orlev",)
    assert pronoun is not None
    assert reading.words[pronoun.start] == "his"
    assert reading.owner(words.index("sharp")) == owner
    assert read_text("A plan.").owner(1) is None
