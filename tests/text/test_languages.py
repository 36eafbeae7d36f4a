from __future__ import annotations

import pytest

from stance.schema.nouns import Article
from stance.text.languages import detect_language, language_of, stated

ELSEWHERE = {
    "de": "Der Bürgermeister lobte die Gewerkschaft und warf dem Minister vor, gelogen zu haben.",
    "fr": "Le maire a salué le syndicat et accusé la ministre d'avoir menti aux ouvriers du port.",
    "es": "El alcalde elogió al sindicato y acusó al ministro de mentir a los obreros del puerto.",
    "pt": "O presidente da câmara elogiou o sindicato e acusou a ministra de não dizer a verdade.",
    "it": "Il sindaco ha elogiato il sindacato e ha accusato la ministra di aver mentito.",
    "nl": "De burgemeester prees de vakbond en beschuldigde de minister ervan te hebben gelogen.",
    "pl": "Burmistrz pochwalił związek zawodowy i oskarżył minister o kłamstwo.",
    "sv": "Borgmästaren berömde facket och anklagade ministern för att ha ljugit.",
    "tr": "Belediye başkanı sendikayı övdü ve bakanı yalan söylemekle suçladı.",
    "ru": "Мэр похвалил профсоюз и обвинил министра во лжи.",
    "uk": "Мер похвалив профспілку та звинуватив міністерку у брехні.",
    "ar": "أشاد رئيس البلدية بالنقابة واتهم الوزيرة بالكذب على العمال.",
    "zh": "市长赞扬了工会,并指责部长对港口工人撒谎。",
    "ja": "市長は組合を称賛し、大臣が港の労働者に嘘をついたと非難した。",
    "el": "Ο δήμαρχος επαίνεσε το συνδικάτο και κατηγόρησε την υπουργό για ψέματα.",
}
HEADLINES = [
    "Tarn praised Orlev.",
    "Maduro hails Putin, Xi",
    "Orlev: Tarn 'lied'",
    "Schröder attacks Müller over Düsseldorf-Köln Autobahn",
    "Sánchez, Díaz and López clash in Bogotá",
    "Macron visits Le Havre, Saint-Étienne and Besançon",
    "Nkrumah Okonkwo names Adeyemi governor of Osun",
    "BERLUSCONI DENIES BUNGA BUNGA CLAIM",
    "Erdoğan threatens Kılıçdaroğlu in Diyarbakır",
    "EU, NATO, UN, IMF, WTO, WHO, OPEC",
    "Ndiaye beats Touré; Diallo, Keïta out",
    "Xi, Li, Wang, Zhao, Han",
    "Kim Jong-un sends Choe Ryong-hae to Vladivostok",
]


@pytest.mark.parametrize("text", HEADLINES)
def test_english_headlines_full_of_names_are_english(text: str) -> None:
    assert detect_language(text) == "en"
    assert detect_language(text.upper()) == "en"


@pytest.mark.parametrize("language", ELSEWHERE)
def test_a_sentence_of_another_language_is_told(language: str) -> None:
    assert detect_language(ELSEWHERE[language]) == language


def test_a_text_in_capitals_throughout_is_told_when_it_is_long() -> None:
    assert detect_language(ELSEWHERE["pt"].upper() * 3) == "pt"
    assert detect_language(" ".join(HEADLINES).upper()) == "en"


@pytest.mark.parametrize("text", ["", "   ", "Ja.", "12,5 %", "💥" * 50, "\ud800" * 50, "\x00\x01"])
def test_what_is_too_short_to_tell_is_the_default(text: str) -> None:
    assert detect_language(text) == "en"
    assert detect_language(text, default="pt") == "pt"


def test_what_is_stated_counts_and_what_is_not_is_detected() -> None:
    assert language_of(Article("a", ELSEWHERE["de"], language="en-GB")) == "en"
    assert language_of(Article("a", ELSEWHERE["de"])) == "de"
    assert language_of(Article("a", ELSEWHERE["de"], language="und")) == "de"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("EN", "en"),
        ("pt_BR", "pt"),
        ("zh-Hant-TW", "zh"),
        ("English", "en"),
        (" ", ""),
        ("NaN", ""),
    ],
)
def test_a_stated_language_is_brought_to_its_code(said: str, code: str) -> None:
    assert stated(said) == code
