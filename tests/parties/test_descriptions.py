"""Definite descriptions: to whom they point, and when they point to nobody."""

from __future__ import annotations

import pytest

from stance.parties.matcher import Matcher
from stance.schema.nouns import Party
from tests.parties.conftest import sentences

PARTIES = [
    Party("calder", "Ines Calder", "person"),
    Party("okonjo", "Femi Okonjo", "person"),
    Party("council", "Sundhaven Council", "organisation"),
    Party("court", "High Court of Zambara", "court"),
    Party("union", "Union of Railwaymen", "union"),
    Party("brandt", "Brandt Terminals", "company"),
    Party("gazette", "Harbour Gazette", "media"),
    Party("zambara", "Zambara", "state"),
    Party("vardenia", "Vardenia", "state"),
]


def described(*texts: str) -> list[tuple[str, str]]:
    """What descriptions were found in the last of the sentences, and whom they mean."""
    mentions = Matcher(PARTIES).find(sentences(*texts))[-1]
    return [(m.span.of(texts[-1]), m.party) for m in mentions if m.rule == "description"]


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("Sundhaven Council met.", "The council refused.", [("The council", "council")]),
        ("The High Court of Zambara sat.", "Few trust the judges.", [("the judges", "court")]),
        ("The Union of Railwaymen won.", "The railwaymen cheered.", [("The railwaymen", "union")]),
        ("Brandt Terminals lost.", "The operator appealed.", [("The operator", "brandt")]),
        ("The Harbour Gazette closed.", "He bought the paper.", [("the paper", "gazette")]),
        ("Mayor Ines Calder spoke.", "They booed the mayor.", [("the mayor", "calder")]),
        ("Ines Calder, the mayor, spoke.", "The mayor left.", [("The mayor", "calder")]),
        ("Femi Okonjo, a farmer, spoke.", "The farmer left.", [("The farmer", "okonjo")]),
        ("Calder was here. Ines Calder left.", "The senator slept.", [("The senator", "calder")]),
        ("Zambara signed.", "The country rejoiced.", [("The country", "zambara")]),
    ],
)
def test_a_description_points_to_the_party_that_it_fits(before, text, expected):
    assert described(before, text) == expected


@pytest.mark.parametrize(
    ("before", "text"),
    [
        # Two states might be the country.
        ("Zambara and Vardenia signed.", "The country rejoiced."),
        # Nobody in the article is a company.
        ("Sundhaven Council met.", "The company refused."),
        # The words belong to another name.
        ("Sundhaven Council met.", "The Council Tax Office refused."),
        # "of X" says whose it is.
        ("Sundhaven Council met.", "The council of Vardenia refused."),
        # An apposition only says what the party before the comma is.
        ("Sundhaven Council met.", "Sundhaven Council, the council, refused."),
        # Two people, and neither was called a senator.
        ("Ines Calder met Femi Okonjo.", "The senator slept."),
    ],
)
def test_a_description_that_is_not_clear_points_to_nobody(before, text):
    assert described(before, text) == []


def test_the_last_fitting_party_is_meant_and_only_for_some_sentences():
    assert described("Mayor Ines Calder spoke.", "Mayor Femi Okonjo left.", "The mayor ate.") == [
        ("The mayor", "okonjo")
    ]
    rain = ["Rain fell."] * 11
    assert described("Sundhaven Council met.", *rain, "The council refused.") == []
