from hypothesis import given
from hypothesis import strategies as st

from stance.parties.folding import Folded, fold


def test_signs_are_folded_one_for_one():
    assert fold("Guaidó’s “São” – Ł\u00a0x\n") == "Guaido's “Sao” - L x "


@given(st.text())
def test_the_length_stays(text):
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="ae\u0301\u0308[] b", min_size=1))
def test_the_way_back(text):
    folded = Folded(text)
    for at in range(len(folded.text)):
        start, end = folded.span(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert fold(text[start:end].strip("[]"))[0] == folded.text[at]
