from __future__ import annotations

import re

import pytest

from stance.text.pages import decode_page, read_page

SENTENCES = (
    "Tarn praised Orlev for ending the strike at the harbour.",
    "The guild condemned Tarn, saying that the port's owners had <b>broken</b> their word.",
    "It rained on the quay all day long, and nobody from the port came out to meet the men.",
    "Orlev, who voted against the strike, said that <a href='/x'>the guild</a> was right.",
)
PAGE = """<!doctype html><html lang="en-GB"><head><title>Strike ends | Vale Post</title>
<meta property="og:title" content="Harbour strike ends">
<meta property="og:site_name" content="Vale Post">
<meta property="article:published_time" content="2021-04-05T10:00:00Z">
<link rel="canonical" href="https://valepost.example/harbour"><style>p {color: red}</style></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<header>Vale Post <button>Subscribe now</button></header>
<article><h1>Harbour strike ends</h1>%s<ul><li>One crane fell.</li></ul></article>
<aside>Most read: Ten cakes to bake</aside><footer>Copyright Vale Post. Cookie settings</footer>
<script>alert("It fell.")</script></body></html>"""
WORDS = [re.sub(r"<[^>]*>", "", sentence) for sentence in SENTENCES]


@pytest.mark.parametrize("count", [1, 2, 4])
def test_the_article_comes_without_the_page_around_it(count: int) -> None:
    page = read_page(PAGE % "".join(f"<p>{s}</p>" for s in SENTENCES[:count]))

    assert page == {
        "title": "Harbour strike ends",
        "date": "2021-04-05",
        "source": "Vale Post",
        "url": "https://valepost.example/harbour",
        "language": "en-GB",
        "text": "\n\n".join([*WORDS[:count], "One crane fell."]),
    }


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>It fell.</p>", "It fell."),
        ("It fell.", "It fell."),
        ("<div>It fell.</div><div>It <i>rained</i>.</div>", "It fell.\n\nIt rained."),
        ("<p>It fell.<br>It rained.", "It fell.\n\nIt rained."),
        ("<script>alert(1)</script>", ""),
        ("<!-- nothing -->", ""),
        ("", ""),
    ],
)
def test_a_page_that_is_hardly_one_still_has_its_words(html: str, text: str) -> None:
    assert read_page(html)["text"] == text


def test_a_date_is_never_guessed_from_the_words() -> None:
    html = re.sub('<meta property="article.*?>', "", PAGE)

    assert read_page(html % "<p>On 3 May 2019 the bridge fell and nobody saw.</p>")["date"] == ""


@pytest.mark.parametrize(
    "raw",
    [
        "<p>Orléans</p>".encode(),
        b"\xef\xbb\xbf" + "<p>Orléans</p>".encode(),
        "<p>Orléans</p>".encode("utf-16"),
        "<p>Orléans</p>".encode("cp1252"),
        b"<meta charset=iso-8859-15>" + "<p>Orléans</p>".encode("iso-8859-15"),
        b'<meta http-equiv=x content="text/html; charset=nonsense">' + "<p>Orléans</p>".encode(),
    ],
)
def test_a_page_is_decoded_as_browsers_do(raw: bytes) -> None:
    assert "Orléans" in decode_page(raw)
    assert read_page(decode_page(raw))["text"] == "Orléans"
