import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stance.parties.matcher import Matcher, Matching
from stance.parties.registry import Registry, load_registry
from stance.schema.nouns import Party
from tests.parties.conftest import sentences

RUSSIA, FRANCE = ("Russia", "russia"), ("France", "france")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia's envoy left.", [RUSSIA]),
        ("Guaidó thanked Norway.", [("Guaidó", "juan-guaido"), ("Norway", "norway")]),
        ("He met [Nicolas] Maduro.", [("[Nicolas] Maduro", "nicolas-maduro")]),
        ("The U.S. and the E.U. agreed.", [("U.S.", "united-states"), ("E.U.", "european-union")]),
        ("US-backed rebels fled.", [("US", "united-states")]),
        ("Russian-led patrols began.", [("Russian", "russia")]),
        ("An anti-NATO march set off.", [("NATO", "nato")]),
        ("RUSSIA REBUKES FRANCE", [("RUSSIA", "russia"), ("FRANCE", "france")]),
        ("Give us a break, said the cook.", []),
        ("Bank of China raised its rate.", []),
        ("A Washington Post reporter asked France.", [FRANCE]),
        ("Moscow State University opened a wing.", []),
        ("The Russian government said so.", [("Russian government", "russia")]),
        (
            "the Russian Foreign Ministry said",
            [("Russian Foreign Ministry", "russia-foreign-ministry")],
        ),
        (
            "Peru's foreign ministry replied.",
            [("Peru's foreign ministry", "peru-foreign-ministry")],
        ),
        ("Russian support mattered.", [("Russian", "russia")]),
        ("Chinatown and Romania's", [("Romania", "romania")]),
        ("", []),
    ],
)
def test_names_at_their_boundaries(find, text, expected):
    assert find(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "LIMA - Ministers met on Friday.",
        "MOSCOW, May 3 (Agency) - Nobody came.",
        "Ministers met in Lima on Friday.",
        "The conference in Moscow ended.",
        "Lima is the capital of Peru.",
        "She flew to Paris.",
        "The Moscow summit failed.",
        "Flats in Paris and Rome got dearer.",
        "A London-based charity wrote.",
        "Russian children sang.",
        "A Norwegian novel won.",
    ],
)
def test_a_place_or_a_people_is_no_party(find, text):
    assert find(text) == [[]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Moscow said it would wait.", "Moscow"),
        ("The Kremlin denied it.", "Kremlin"),
        ("Support from Paris came late.", "Paris"),
        ("Relations between Oslo and others froze.", "Oslo"),
        ("They lost confidence in Russia.", "Russia"),
        ("A step in Russia's interest, he said.", "Russia"),
    ],
)
def test_a_name_that_acts_is_a_party(find, text, words):
    assert [found[0] for found in find(text)[0]] == [words]


def test_ambiguous_names_need_evidence_in_the_article(find):
    assert find("Georgia beat its rivals.") == [[]]
    assert find("Georgia protested.", "Tbilisi recalled its envoy.")[0] == [("Georgia", "georgia")]
    always = Matching(ambiguous="always")
    assert find("Georgia beat its rivals.", matching=always) == [[("Georgia", "georgia")]]
    never = Matching(ambiguous="never")
    assert find("Georgia protested.", "Tbilisi spoke.", matching=never)[0] == []


def test_a_user_who_lists_jordan_means_jordan(find):
    assert find("Jordan resigned.", parties=["Jordan"]) == [[("Jordan", "Jordan")]]


PEOPLE = Registry(
    [
        Party("calder", "Ines Calder", "person"),
        Party("front", "National Renewal Front", "party"),
        Party("union", "Harbour Workers' Union", "union"),
        Party("ministry", "Interior Ministry of Zambara", "ministry"),
        Party("brandt", "Brandt Terminals", "company"),
        Party("old", "Order of the Lamp", "organisation", aliases=("OL",)),
    ]
)


def found(*texts: str, matching: Matching | None = None) -> list[list[tuple[str, str, str]]]:
    matcher = Matcher(PEOPLE, matching)
    return [
        [(m.span.of(text), m.party, m.rule) for m in mentions]
        for text, mentions in zip(texts, matcher.find(sentences(*texts)), strict=True)
    ]


def test_short_forms_after_the_full_name():
    given = found(
        "The National Renewal Front sued Mayor Ines Calder.",
        "The front lost; Renewal voters blamed the mayor.",
        "The Harbour Workers' Union (HWU) and Brandt Terminals met.",
        "HWU left, and the company cheered Brandt.",
    )
    assert [(words, party) for words, party, _ in given[1]] == [
        ("The front", "front"),
        ("Renewal", "front"),
        ("the mayor", "calder"),
    ]
    assert [(words, party) for words, party, _ in given[3]] == [
        ("HWU", "union"),
        ("the company", "brandt"),
        ("Brandt", "brandt"),
    ]


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("The Korvelle government met.", "Korvelle government"),
        ("It pleased the Lasmaran water minister.", "Lasmaran water minister"),
        ("Korvellian sanctions bit.", "Korvellian"),
        ("A Korvellian poet sang.", None),
        ("Lasmara an ambassador", "Lasmara"),
    ],
)
def test_who_acts_for_a_state_without_listed_demonyms_is_that_state(text, mention):
    states = [
        Party("korvelle", "Republic of Korvelle", "state"),
        Party("lasmara", "Government of Lasmara", "government"),
    ]
    (mentions,) = Matcher(Registry(states)).find(sentences(text))
    assert [m.span.of(text) for m in mentions] == ([mention] if mention else [])


def test_the_members_in_the_name_of_their_party_name_it():
    matcher = Matcher(Registry([Party("dates", "Date Growers' Party", "party")]))
    texts = ("The Date Growers' Party met.", "Nobody thanked the Date Growers.")
    _, (mention,) = matcher.find(sentences(*texts))
    assert mention.span.of(texts[1]) == "Date Growers"


def test_an_office_that_somebody_else_is_named_beside_is_not_hers():
    people = [
        Party("delmore", "President Ruxandra Delmore", "person"),
        Party("t", "Hollis Tranb", "person"),
    ]
    texts = (
        "President Ruxandra Delmore spoke.",
        "Tranb, whose break with the president was new, left.",
    )
    _, found = Matcher(Registry(people)).find(sentences(*texts))
    assert [(m.span.of(texts[1]), m.party) for m in found] == [
        ("Tranb", "t"),
        ("the president", "delmore"),
    ]


def test_short_forms_can_be_switched_off():
    given = found(
        "Brandt Terminals won.", "The company left.", matching=Matching(short_forms=False)
    )
    assert given == [[("Brandt Terminals", "brandt", "name")], []]


def test_a_surname_stands_alone_but_not_after_another_first_name():
    assert found("But Calder won.") == [[("Calder", "calder", "surname")]]
    assert found("Alice Calder won.") == [[]]
    assert found("Ms Calder won.") == [[("Calder", "calder", "surname")]]


def test_pronouns_only_when_asked_for_and_only_when_clear():
    texts = ("Ines Calder spoke.", "She thanked the dockers.")
    assert found(*texts)[1] == []
    given = found(*texts, matching=Matching(pronouns=True))
    assert given[1] == [("She", "calder", "pronoun")]


def test_the_plural_of_members():
    registry = [
        Party("d", "Democratic Party", "party", aliases=("Democrat",)),
        Party("c", "Chad", "state"),
    ]
    texts = sentences("Democrats left.", "Chads fell.")
    assert [[m.rule for m in found] for found in Matcher(registry).find(texts)] == [["plural"], []]


def test_what_is_left_out_has_its_reason(world):
    _, left = world.explain(sentences("They met in Lima, and Dominican music played."))
    assert [(m.party, reason) for m, reason in left[0]] == [
        ("peru", "place"),
        ("dominican-republic", "people or thing"),
    ]


def test_names_do_not_run_from_one_sentence_into_the_next(find):
    assert find("He left the Bank of", "China said nothing.") == [[], [("China", "china")]]


def test_an_office_before_a_name_is_a_title(find):
    assert find("Venezuelan President Nicolas Maduro spoke.") == [
        [("Nicolas Maduro", "nicolas-maduro")]
    ]


NAMES = ["Russia", "U.S.", "Guaidó", "the Kremlin", "[Nicolas] Maduro", "Türkiye", "São Tomé", "EU"]
PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [*NAMES, "🙂", "שלום", "مرحبا", "e\u0301", "\u200f", "\u00a0", "👩‍👩‍👧", " in ", " said "]
    ),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(PIECES, max_size=12).map("".join), min_size=1, max_size=4))
def test_every_span_gives_back_its_surface_in_any_text(texts):
    matcher = Matcher(load_registry("world"), Matching(pronouns=True)) if not CACHE else CACHE[0]
    CACHE.append(matcher)
    for text, mentions in zip(texts, matcher.find(sentences(*texts)), strict=True):
        last = 0
        for mention in mentions:
            assert last <= mention.span.start < mention.span.end <= len(text)
            assert any(letter.isalnum() for letter in mention.span.of(text))
            last = mention.span.end


CACHE: list[Matcher] = []


@settings(max_examples=100, deadline=None)
@given(
    st.text(alphabet="🙂שe\u0301 .,\u200f", max_size=10),
    st.text(alphabet="🙂ש\u0301 .,", max_size=10),
)
def test_a_name_is_found_whatever_stands_around_it(before, after):
    matcher = Matcher([Party("g", "Guaidó")])
    text = f"{before} Guaido\u0301 {after}"
    (mentions,) = matcher.find(sentences(text))
    assert [m.span.of(text) for m in mentions] == ["Guaido\u0301"]
