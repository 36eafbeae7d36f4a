import pytest

from stance.parties.roles import name_nouns, roles_beside
from stance.schema.nouns import Party


@pytest.mark.parametrize(
    ("party", "nouns"),
    [
        (Party("a", "Sundhaven Council", "organisation"), {"council", "councillors"}),
        (Party("a", "High Court of Zambara", "court"), {"court", "judges"}),
        (Party("a", "Teachers' Congress", "union"), {"congress", "teachers"}),
        (Party("a", "Union of Railwaymen", "union"), {"union", "strikers", "railwaymen"}),
        (Party("a", "Prime Minister Ingrid Aune", "person"), {"prime minister", "minister"}),
        (Party("a", "Ingrid Aune", "person"), set()),
        (Party("a", "Zambara", "state"), set()),
    ],
)
def test_the_nouns_that_a_name_gives(party, nouns):
    assert set(name_nouns(party)) == nouns


@pytest.mark.parametrize(
    ("text", "name", "person", "roles"),
    [
        ("Mayor Ines Calder spoke.", "Ines Calder", True, {"mayor"}),
        ("Ines Calder, the long-serving mayor, spoke.", "Ines Calder", True, {"mayor"}),
        ("Ines Calder's cabinet fell.", "Ines Calder", True, {"premier", "chancellor"}),
        (
            "The Altyn Array, an observatory in the hills, shut.",
            "Altyn Array",
            False,
            {"observatory"},
        ),
        ("Ines Calder, who as a prosecutor won, spoke.", "Ines Calder", True, {"prosecutor"}),
        ("Ines Calder, no friend of the mayor, spoke.", "Ines Calder", True, set()),
        ("Ines Calder spoke.", "Ines Calder", True, set()),
    ],
)
def test_the_nouns_that_the_words_beside_a_name_give(text, name, person, roles):
    start = text.index(name)
    found = roles_beside(text, start, start + len(name), person)
    assert roles <= found
    assert bool(roles) == bool(found)
