from stance.parties.findings import Findings, Found


def test_a_place_is_taken_once_and_what_was_left_out_takes_none():
    findings = Findings([Found(0, 5, "a", "name"), Found(10, 15, "b", "name", "place")])

    findings.add(Found(3, 8, "c", "short"))
    findings.add(Found(12, 14, "d", "short"))
    findings.add(Found(6, 8, "e", "short"))

    assert [item.party for item in findings.items] == ["a", "e", "b", "d"]
    assert findings.taken(4, 6)
    assert not findings.taken(5, 6)


def test_who_ends_where():
    findings = Findings([Found(0, 5, "a", "name"), Found(6, 9, "b", "name")])
    assert findings.ending(9) == "b"
    assert findings.ending(8) is None


def test_the_last_named_party_within_reach():
    starts = [0, 20, 40]
    findings = Findings([Found(1, 5, "a", "name"), Found(21, 25, "b", "name")])
    both = {"a", "b"}

    assert findings.last(45, both, starts, reach=2) == "b"
    assert findings.last(45, {"a"}, starts, reach=2) == "a"
    assert findings.last(45, {"a"}, starts, reach=1) is None
    assert findings.last(45, both, starts, reach=2, only=True) is None
    assert findings.last(45, both, starts, reach=1, only=True) == "b"
    assert findings.last(10, {"b"}, starts, reach=2) is None


def test_a_place_names_a_party_but_another_reason_does_not():
    starts = [0]
    place = Findings([Found(1, 5, "a", "name", "place")])
    longer = Findings([Found(1, 5, "a", "name", "part of a longer name")])
    assert place.last(9, {"a"}, starts, 1) == "a"
    assert longer.last(9, {"a"}, starts, 1) is None
