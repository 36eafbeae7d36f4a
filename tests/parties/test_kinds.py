"""What a name alone tells of its party, and what that lets the matcher find."""

from __future__ import annotations

from pathlib import Path

import pytest

from stance.parties.kinds import kind_of
from stance.parties.matcher import Matcher
from stance.parties.registry import load_registry
from tests.parties.conftest import sentences


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Governor Ruben Hask", "person"),
        ("The Cabin Crew Union", "union"),
        ("Republic of Alta", "state"),
        ("Rolling Mill Workers of Sarn", "union"),
        ("Prefect Augustin Roth", "person"),
        ("The Globe of Anvers", "media"),
        ("Supreme Court of Osk", "court"),
        ("Brava Textiles", "company"),
        ("Tashar", "other"),
        ("", "other"),
    ],
)
def test_a_name_tells_what_kind_of_party_it_is(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_a_plain_list_finds_what_the_kinds_of_its_names_allow(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text(
        "Governor Ruben Hask\nRepublic of Alta\nQuaymen's Brotherhood\nFree Reed Church\n"
    )
    texts = (
        "Governor Ruben Hask left Alta, and the Quaymen's Brotherhood met the Free Reed Church.",
        "Hask spoke first, and the governor, for once, was brief.",
        "Alta wants the quaymen out, whatever the Free Church says.",
    )
    found = Matcher(load_registry(str(path))).find(sentences(*texts))
    named = [[m.span.of(text) for m in ms] for text, ms in zip(texts, found, strict=True)]
    assert named[1] == ["Hask", "the governor"]
    assert named[2] == ["Alta", "the quaymen", "Free Church"]


CALLED = {
    "Chamber of Industry of Veldrin": ("The Chamber of Industry paid.", "Chamber of Industry"),
    "Board of Canvassers of Sarn": (
        "The Board of Canvassers met; the canvassers slept.",
        "the canvassers",
    ),
    "Electoral Commission of Tirvane": (
        "The Electoral Commission of Tirvane met; few trust the electoral commission.",
        "the electoral commission",
    ),
    "Government of Varnia": ("Varnia said no.", "Varnia"),
    "Grand Duchy of Ostmere": ("Ostmere shut its consulate.", "Ostmere"),
    "President Ilunga Sefako": ("President Ilunga Sefako slept; the palace lied.", "the palace"),
    "Chandrika Mills": ("Chandrika Mills lost, and the mill closed.", "the mill"),
    "Premier Nandita Bo": (
        "Premier Nandita Bo fled; all pity the deposed premier.",
        "the deposed premier",
    ),
    "Tribunal of Osk": ("The Tribunal of Osk met; the nine judges slept.", "the nine judges"),
    "Dr Kwabla Dotsevi": ("Osk-backed Dotsevi has the keys.", "Dotsevi"),
    "Tressin Chamber of Trade": (
        "The Tressin Chamber of Trade sued; all cheer the Chamber of Trade.",
        "Chamber of Trade",
    ),
    "Brotherhood of Carpenters": (
        "The Brotherhood of Carpenters met, and the carpenters cheered.",
        "the carpenters",
    ),
    "Corbury Zoo": ("Corbury Zoo sued, and the zoo won.", "the zoo"),
    "Accord Party": ("Accord deputies rose.", "Accord"),
    "Lundmar Police": ("Lundmar police cleared the square.", "Lundmar police"),
    "Interior Ministry": ("A car came from the interior ministry.", "the interior ministry"),
    "Fenwold Town Council": ("In Fenwold the town council voted.", "the town council"),
    "Oberlund Handball Federation": (
        "The Oberlund Handball Federation met; the Oberlund federation is broke.",
        "the Oberlund federation",
    ),
    "Council of the Tseklani": (
        "The Council of the Tseklani won, and the Tseklani council sang.",
        "the Tseklani council",
    ),
}


@pytest.mark.parametrize("name", CALLED)
def test_what_the_news_calls_them(name: str, tmp_path: Path) -> None:
    text, words = CALLED[name]
    path = tmp_path / "names.txt"
    path.write_text(f"{name}\n")
    (found,) = Matcher(load_registry(str(path))).find(sentences(text))
    assert found[-1].span.of(text) == words


def test_common_words_alone_name_nobody(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("Fenwold Town Council\nHarle Town Council\n")
    matcher = Matcher(load_registry(str(path)))
    texts = (
        "In Brask the town council voted.",
        "Between Fenwold and Harle the town council is no help.",
        "In Harle the town council voted.",
    )
    found = [matcher.find(sentences(text))[0] for text in texts]
    named = [[mention.party for mention in mentions] for mentions in found]
    assert named == [[], [], ["Harle Town Council"]]
