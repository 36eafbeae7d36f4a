from stance.parties.check import check_parties
from stance.parties.registry import load_registry
from stance.schema.nouns import Party


def kinds(*parties: Party) -> list[tuple[str, str]]:
    return [(finding.kind, finding.party) for finding in check_parties(parties)]


def test_each_fault_is_named():
    assert kinds(Party("a", "Ash", aliases=("Ash",))) == [("duplicate", "a")]
    assert kinds(Party("a", "Ash"), Party("b", "Birch", aliases=("Ash",))) == [
        ("ambiguous", "a"),
        ("ambiguous", "b"),
    ]
    assert kinds(Party("a", "Li")) == [("too short", "a")]
    assert kinds(Party("a", "Ash", not_=("Ash",))) == [("unreachable", "a")]
    assert kinds(Party("a", "Ash", not_=("Oak Street",))) == [("idle", "a")]
    assert kinds(Party("a", "…")) == [("too short", "a"), ("unreachable", "a")]
    assert kinds(Party("a", "union")) == [("too common", "a")]
    assert kinds(Party("a", "Ash", part_of="z")) == [("unknown owner", "a")]


def test_the_packaged_registries_are_clean():
    assert check_parties(load_registry("world")) == []
