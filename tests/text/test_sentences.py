from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stance.schema.nouns import Span
from stance.text.sentences import split_sentences
from stance.text.windows import window_of

STORY = (
    'Dr. Vale left at 6 p.m. on Friday. "We lost," she said. 😀 Nobody argued.\n\nA new day began'
)


def test_sentences_end_where_a_reader_would_end_them() -> None:
    found = [sentence.text for sentence in split_sentences(STORY)]

    assert found[0] == "Dr. Vale left at 6 p.m. on Friday."
    assert found[-1] == "A new day began"


def test_a_blank_line_ends_a_sentence() -> None:
    found = [
        sentence.text for sentence in split_sentences("Bridge to close\n\nThe bridge will close.")
    ]

    assert found == ["Bridge to close", "The bridge will close."]


@given(st.text(max_size=300))
def test_spans_give_back_their_sentence_and_nothing_but_white_space_is_lost(text: str) -> None:
    sentences = split_sentences(text)

    assert all(s.span.of(text) == s.text for s in sentences)
    kept = "".join(s.text for s in sentences)
    assert "".join(kept.split()) == "".join(text.split())


def test_a_window_holds_the_sentences_before_it() -> None:
    sentences = split_sentences(STORY)

    window = window_of(STORY, sentences, 2, context=1)

    assert window.text.startswith(sentences[1].text)
    assert window.sentence.of(window.text) == sentences[2].text
    assert window.place(sentences[2], Span(0, 1)).of(window.text) == sentences[2].text[0]
