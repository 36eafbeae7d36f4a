"""Stretches of text among many."""

from hypothesis import given
from hypothesis import strategies as st

from stance.schema.nouns import Span


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4)), max_size=8),
    st.integers(0, 30),
    st.integers(1, 9),
)
def test_among_are_the_stretches_that_it_overlaps(steps, start, length):
    pieces, at = [], 0
    for gap, size in steps:
        pieces.append(Span(at + gap, at + gap + size))
        at += gap + size
    span = Span(start, start + length)

    found = span.among([one.start for one in pieces], [one.end for one in pieces])

    assert list(found) == [n for n, one in enumerate(pieces) if one.overlaps(span)]
