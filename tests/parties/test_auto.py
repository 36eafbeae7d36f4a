from stance.parties.auto import find_parties
from stance.parties.registry import load_registry
from stance.parties.writing import write_parties
from stance.schema.nouns import Article

TEXT = (
    "The Harbour Workers' League (HWL) struck on Monday. Brandt Terminals accused the League. "
    "Mayor Ines Calder praised HWL, and Calder said Brandt Terminals lied. Rain fell. "
    "The rain stopped."
)


def test_names_that_recur_as_actors_are_found_with_their_short_forms():
    found = find_parties([Article("a", TEXT)])
    named = {party.name: party for party in found}
    assert set(named) == {"Harbour Workers' League", "Brandt Terminals", "Ines Calder"}
    assert "HWL" in named["Harbour Workers' League"].aliases
    assert named["Ines Calder"].kind == "person"
    assert named["Brandt Terminals"].kind == "company"


def test_the_list_it_writes_is_a_list(tmp_path):
    path = tmp_path / "found.yaml"
    write_parties(find_parties([Article("a", TEXT)]), path)
    assert {party.name for party in load_registry(str(path))} >= {"Brandt Terminals"}


def test_auto_beside_a_registry_adds_only_what_it_lacks():
    article = Article("a", "Russia praised Orlev. Orlev thanked Russia.")
    registry = load_registry(["world", "auto"], lambda: [article])
    assert "Orlev" in {party.name for party in registry}
    assert sum(party.name == "Russia" for party in registry) == 1
