from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stance.scoring.report import page as module
from stance.scoring.rollup import BASIS
from tests.scoring.report.conftest import ARTICLES

Report, Visit = Callable[..., str], Callable[..., Any]
ROWS = "#pair-table tbody tr"


def column(page: Any, number: int) -> list[str]:
    return [
        cell.strip() for cell in page.locator(f"{ROWS} td:nth-child({number})").all_inner_texts()
    ]


def wait_for_rows(page: Any, count: int) -> None:
    page.wait_for_function(
        "([rows, count]) => document.querySelectorAll(rows).length === count", arg=[ROWS, count]
    )


def test_the_page_asks_the_network_for_nothing_and_no_script_fails(
    report: Report, visit: Visit
) -> None:
    page = visit(report(ARTICLES))

    assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []
    assert len([url for url in page.asked if url.startswith("file:")]) == 1
    assert page.faults == []
    assert BASIS.lower() in page.inner_text("#answer").lower()


def test_markup_in_articles_is_text_and_does_nothing(report: Report, visit: Visit) -> None:
    page = visit(report(ARTICLES))
    page.locator("#article-list mark").first.hover()

    assert page.evaluate("window.hit") is None
    assert (
        page.locator("main img, main article b b, main article script, main i script").count() == 0
    )
    assert page.locator('a[href^="javascript"]').count() == 0
    assert "<img src=x onerror=window.hit=1>" in page.inner_text("#article-list")
    assert "<i>x</i><script>" in page.inner_text("#article-list")


def test_only_the_pages_own_script_may_run(report: Report, visit: Visit) -> None:
    page = visit(report(ARTICLES))

    page.evaluate(
        """() => { const s = document.createElement("script"); s.textContent = "window.hit = 1";
        document.body.append(s); const i = new Image(); i.src = "http://127.0.0.1:9/x.png"; }"""
    )

    assert page.evaluate("window.hit") is None
    assert any("Content Security Policy" in fault for fault in page.faults)


def test_the_table_filters_by_words_party_stance_and_status(report: Report, visit: Visit) -> None:
    page = visit(report(ARTICLES))
    everything = page.locator(ROWS).count()
    opposed = [
        party
        for party, stance in zip(column(page, 2), column(page, 3), strict=True)
        if "opposition" in stance
    ]
    assert 0 < opposed.count("Tarn") < len(opposed) < everything

    page.select_option("#pair-controls [name=stance]", "opposition")
    wait_for_rows(page, len(opposed))
    assert column(page, 2) == opposed
    page.select_option("#pair-controls [name=party]", label="Tarn")
    wait_for_rows(page, opposed.count("Tarn"))
    assert set(column(page, 2)) == {"Tarn"}

    page.click("#pair-controls [type=reset]")
    wait_for_rows(page, everything)
    page.fill("#pair-controls [name=q]", "voted against")
    page.wait_for_function("() => document.querySelector('#pair-pager').innerText.includes('of 2')")
    assert set(column(page, 2)) == {"Harbour Guild", "Mill Union"}

    page.fill("#pair-controls [name=q]", "")
    page.select_option("#pair-controls [name=status]", "error")
    wait_for_rows(page, 1)
    assert "a5.txt: a binary file" in column(page, 6)[0]


@pytest.mark.parametrize(("key", "at"), [("party", 2), ("confidence", 4)])
def test_the_table_sorts_both_ways(report: Report, visit: Visit, key: str, at: int) -> None:
    page = visit(report(ARTICLES))

    def value(text: str) -> float | str:
        return float(text.split()[0].rstrip("%\u00a0")) if key == "confidence" else text

    page.click(f"[data-sort={key}]")
    up = [value(text) for text in column(page, at)]
    page.click(f"[data-sort={key}]")
    down = [value(text) for text in column(page, at)]

    assert len(set(up)) > 2
    assert up == sorted(up)
    assert down == sorted(down, reverse=True)


def test_a_mark_says_why_on_hover_and_a_key_closes_it(report: Report, visit: Visit) -> None:
    page = visit(report(ARTICLES))

    page.locator("#article-list mark.opposition").first.hover()

    assert page.is_visible("#why")
    assert "why: " in page.inner_text("#why")
    assert "opposition" in page.inner_text("#why")
    page.keyboard.press("Escape")
    assert not page.is_visible("#why")


def test_a_number_of_the_answer_leads_to_its_rows(report: Report, visit: Visit) -> None:
    page = visit(report(ARTICLES))

    page.locator(".heat a.filter").first.click()

    page.wait_for_function(
        "() => document.querySelector('#pair-controls [name=holder]').value !== ''"
    )
    assert page.locator(ROWS).count() < 4


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_reads_on_a_phone_in_light_and_dark(report: Report, visit: Visit, scheme: str) -> None:
    long = [
        *ARTICLES,
        module.Article("n" * 300, "Tarn praised " + "o" * 400 + " Orlev.", "t" * 300),
    ]
    page = visit(report(long), width=360, color_scheme=scheme)

    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0
    assert contrast(page, "body") >= 7
    for kind in ("support", "opposition", "neutral"):
        assert contrast(page, f"#article-list mark.{kind}") >= 4.5
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (luminance(paper) < 0.2) == (scheme == "dark")


def contrast(page: Any, selector: str) -> float:
    """WCAG's contrast of an element's words with what is behind them."""
    ink, paper = page.evaluate(
        """(selector) => { const found = document.querySelector(selector);
        let at = found; const bare = "rgba(0, 0, 0, 0)";
        while (getComputedStyle(at).backgroundColor === bare) at = at.parentElement;
        return [getComputedStyle(found).color, getComputedStyle(at).backgroundColor]; }""",
        selector,
    )
    high, low = sorted((luminance(ink), luminance(paper)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_stances_differ_without_colour(report: Report, visit: Visit) -> None:
    page = visit(report(ARTICLES))

    looks = {
        kind: page.evaluate(
            """(kind) => { const found = document.querySelector(`#article-list mark.${kind}`);
            return [getComputedStyle(found).textDecorationStyle,
                    getComputedStyle(found, "::after").content]; }""",
            kind,
        )
        for kind in ("support", "opposition", "neutral")
    }

    assert len({line for line, _ in looks.values()}) == 3
    assert "+" in looks["support"][1]
    assert "−" in looks["opposition"][1]


def test_pairs_that_are_not_sure_are_marked_for_review(report: Report, visit: Visit) -> None:
    page = visit(report(ARTICLES, threshold=0.8))

    page.check("#pair-controls [name=review]")

    page.wait_for_function(
        "() => document.querySelectorAll('#pair-table .flag').length"
        " === document.querySelectorAll('#pair-table tbody tr').length"
    )
    assert set(column(page, 7)) == {"abstained"}
    assert page.locator("#article-list mark.review").count() > 0


def test_the_rows_shown_are_saved_as_csv(report: Report, visit: Visit) -> None:
    page = visit(report(ARTICLES))
    supports = sum("support" in stance for stance in column(page, 3))
    assert supports > 0
    page.select_option("#pair-controls [name=stance]", "support")
    wait_for_rows(page, supports)

    with page.expect_download() as waiting:
        page.click("#download")

    lines = Path(waiting.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + supports
    assert all("support" in line for line in lines[1:])


def test_what_does_not_fit_is_said(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ARTICLES", 2)

    html = report(ARTICLES)

    assert "This page holds 2 articles" in html
    assert "4 other articles" in html


@pytest.mark.parametrize("width", [800, 1280])
def test_the_heads_of_columns_are_whole_words(report: Report, visit: Visit, width: int) -> None:
    page = visit(report(ARTICLES), width=width)

    lines = page.evaluate(
        """() => [...document.querySelectorAll(".parties thead th")].map(head => {
        const range = document.createRange(); range.selectNodeContents(head);
        return [head.innerText, new Set([...range.getClientRects()].map(r => r.top)).size]; })"""
    )
    heads = {name: count for name, count in lines if " " not in name}
    assert set(heads) >= {"party", "neutral", "articles"}
    assert set(heads.values()) == {1}


def test_without_rows_there_is_a_page(report: Report) -> None:
    assert "No stance was counted" in report(ARTICLES[4:])
