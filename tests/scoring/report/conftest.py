"""A report of a few invented articles, and the browser that it is looked at in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from stance.labeling.model import RulesModel
from stance.parties.matcher import Matcher
from stance.parties.registry import load_registry
from stance.schema.nouns import Article
from stance.scoring.origin import MadeBy
from stance.scoring.report import render
from stance.scoring.scorer import Scorer

NAMES = ["Tarn", "Orlev", "Harbour Guild", "Mill Union"]
MARKUP = (
    "<script>window.hit=1</script> Tarn praised <img src=x onerror=window.hit=1> Orlev. "
    "</script><svg onload=window.hit=1> Tarn condemned <b>Mill Union</b>."
)
ARTICLES = [
    Article(
        "a1", "Tarn praised Orlev. It rained.", "A bridge", date(2031, 1, 6), "Coast Courier", "en"
    ),
    Article("a2", "Orlev condemned Tarn. Mill Union met Tarn.", "", date(2031, 2, 9), "Nine"),
    Article("a3", MARKUP, "<i>x</i><script>window.hit=1</script>", date(2031, 3, 1), '"><b>'),
    Article("a4", "Harbour Guild voted against Mill Union on Friday.", url="javascript:alert(1)"),
    Article("a5", "", fault="a5.txt: a binary file"),
    Article("a6", ""),
]


@pytest.fixture(scope="session")
def report() -> Callable[..., str]:
    """Renders the report of articles; ``threshold`` decides what is abstained from."""

    def made(articles: list[Article], threshold: float = 0.0, **more: Any) -> str:
        registry = load_registry(NAMES, list)
        rows = Scorer(RulesModel(), Matcher(registry), threshold).score(articles)
        origin = MadeBy(uri="rules", sha256="0" * 64, threshold=threshold)
        return render(rows, articles, registry.names(), made_by=origin, **more)

    return made


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A real Chromium without a head."""
    tool = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no chromium or google-chrome on PATH to look at the report in")
    with tool.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens HTML in a window of its own; ``visited.asked`` and ``.faults`` grow meanwhile."""
    opened = []

    def made(html: str, width: int = 1280, **more: Any) -> Any:
        place = tmp_path / "report.html"
        place.write_text(html, encoding="utf-8")
        page = browser.new_page(viewport={"width": width, "height": 800}, **more)
        opened.append(page)
        page.asked, page.faults = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda fault: page.faults.append(str(fault)))
        page.on("console", lambda said: page.faults.append(said.text))
        page.goto(place.as_uri())
        page.wait_for_selector("#pair-table tbody tr")
        return page

    yield made
    for page in opened:
        page.close()
