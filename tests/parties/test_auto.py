import pytest

from stance.parties.auto import find_parties, token_classifier
from stance.parties.registry import load_registry
from stance.parties.writing import write_parties
from stance.schema.nouns import Article, InputError

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


def test_days_pronouns_and_titles_are_no_parties():
    text = (
        "It's over, Sen. Ona Bly said Tuesday. I'm told that Tuesday's vote is off. Brandt's Mayor "
        "Ines Calder praised Ona Bly. It's Ona Bly whom President Ines Calder praised on Sept. 3. "
        "President of what? Sen. who? It's late on Sept. 4. Early Tuesday said no. "
        "Early Tuesday won. Utah Sen. who? Utah Sen. Bo? Utah Sen. said so."
    )
    assert {party.name for party in find_parties([Article("a", text)])} == {
        "Ona Bly",
        "Ines Calder",
    }


def test_the_list_it_writes_is_a_list(tmp_path):
    path = tmp_path / "found.yaml"
    write_parties(find_parties([Article("a", TEXT)]), path)
    assert {party.name for party in load_registry(str(path))} >= {"Brandt Terminals"}


def test_auto_beside_a_registry_adds_only_what_it_lacks():
    article = Article("a", "Russia praised Orlev. Orlev thanked Russia.")
    registry = load_registry(["world", "auto"], lambda: [article])
    assert "Orlev" in {party.name for party in registry}
    assert sum(party.name == "Russia" for party in registry) == 1


@pytest.fixture(scope="session")
def tagger(tiny_encoder, tmp_path_factory):
    """A token classifier with random weights whose every word is the inside of a name."""
    import torch
    from transformers import AutoModelForTokenClassification, AutoTokenizer

    labels = {"id2label": {0: "O", 1: "I-ORG"}, "label2id": {"O": 0, "I-ORG": 1}}
    model = AutoModelForTokenClassification.from_pretrained(tiny_encoder, num_labels=2, **labels)
    with torch.no_grad():
        model.classifier.weight.zero_()
        model.classifier.bias.copy_(torch.tensor([0.0, 5.0]))
    folder = tmp_path_factory.mktemp("tagger")
    model.save_pretrained(folder)
    AutoTokenizer.from_pretrained(tiny_encoder).save_pretrained(folder)
    return str(folder)


def test_a_token_classifier_finds_the_names_instead(tagger):
    recognise = token_classifier(tagger)
    assert list(recognise("orlev mining")) == [(0, 12, "ORG")]

    articles = [Article("a", "orlev mining"), Article("b", "orlev mining")]
    assert find_parties(articles) == []
    acting = lambda text: [(0, 12, "ORG")]  # noqa: E731
    said = [Article("a", "orlev mining said so"), Article("b", "orlev mining won")]
    assert [party.name for party in find_parties(said, recogniser=acting)] == ["orlev mining"]


def test_a_token_classifier_that_is_not_there_is_one_line():
    with pytest.raises(InputError, match="recogniser no/where"):
        token_classifier("no/where")
