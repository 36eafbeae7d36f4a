"""The automaton of a registry's surfaces."""

from __future__ import annotations

from ahocorasick_rs import AhoCorasick, MatchKind
from hypothesis import given
from hypothesis import strategies as st

from stance.parties.names import Names
from stance.schema.nouns import Party

#: Few letters, so that names begin, end, hold and cross one another.
NAMES = st.lists(st.text("Aab é", min_size=1, max_size=6), unique=True, min_size=1, max_size=8)


@given(
    names=NAMES.map(lambda found: [name for name in found if name.strip()]), text=st.text("Aab é")
)
def test_the_leftmost_longest_are_what_the_library_would_choose(
    names: list[str], text: str
) -> None:
    found = Names([Party(str(at), name) for at, name in enumerate(names)])
    surfaces = found.surfaces or ["\1"]
    library = AhoCorasick(surfaces, matchkind=MatchKind.LeftmostLongest)

    assert found.find(text) == library.find_matches_as_indexes(text)
