"""How fast the report of 1,000 articles is made, opened and searched, in a real browser.

Aims: 1,000 articles of 30 sentences are rendered in under 20 s into under 25 MB; Chromium shows the
page in under 4 s, finds a word in the articles or the pairs in under 1 s, and the page is never
wider than a phone.

    python benchmarks/report_speed.py
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from stance.labeling.model import RulesModel
from stance.parties.matcher import Matcher
from stance.parties.registry import load_registry
from stance.schema.nouns import Article
from stance.scoring.origin import MadeBy
from stance.scoring.report import render
from stance.scoring.scorer import Scorer

RENDER_S, MEGABYTES, OPEN_S, FIND_S = 20.0, 25.0, 4.0, 1.0
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
PARTIES = """Mayor Ansgar Lund, Harbour Guild, Orlev, Tarn, Council of Elders, Bright Coast Party,
Mill Union, Vessa Karr, Northern Rail, Board of Health, Free Press League, Ostrava Bank, Pell,
Ministry of Works, Ilan Dray, River Trust, Sailors' Association, Court of Audit"""
THINGS = ["water", "bread", "rails", "the old bridge"]
SOURCES = ["Coast Courier", "The Elm Valley Times", "Radio Nine", "Harbour Gazette", "North Wire"]
FRIENDLY = """{0} praised {1} for the new bridge.
{0} voted for {1}, while {2} attacked {0}.
"We stand by {1}," {0} told reporters.
{0} thanked {1} on {day}."""
HOSTILE = """{0} condemned {1} on {day}.
{1} was sued by {0} over the flooded cellars.
{0} voted against {1}, and nobody was surprised.
Critics accused {1} of neglect."""
NEITHER = """{0} met {1} at the town hall.
The rain went on until the evening.
{0} announced a budget of nine million crowns.
Nobody at {0} would say whether {1} had called."""


def invented(count: int, sentences: int, seed: int = 7) -> list[Article]:
    """Articles about three camps of invented parties, on days of half a year, from five sources."""
    rng = random.Random(seed)
    found = []
    for number in range(count):
        day = date(2031, 1, 6) + timedelta(int(180 * rng.random() ** 0.7))
        said = "".join(sentence(rng, day) for _ in range(sentences))
        title = f"{rng.choice(parties_of())} and the question of {rng.choice(THINGS)}"
        source = rng.choice(SOURCES)
        found.append(Article(f"{number:04d}", said, title, day, source, language="en"))
    return found


def sentence(rng: random.Random, day: date) -> str:
    """Friends are friendly to each other, mostly; half of what is said is neither."""
    parties = parties_of()
    who = rng.choices(range(len(parties)), range(len(parties), 0, -1), k=3)
    friends = (who[0] % 3 == who[1] % 3) == (rng.random() < 0.85)
    kinds = NEITHER if rng.random() < 0.5 else FRIENDLY if friends else HOSTILE
    said = rng.choice(kinds.splitlines()).format(*(parties[k] for k in who), day=f"{day:%A}")
    return said + ("\n\n" if rng.random() < 0.3 else " ")


def parties_of() -> list[str]:
    """The names."""
    return [" ".join(name.split()) for name in PARTIES.split(",")]


def main() -> int:
    articles = invented(1_000, 30)
    registry = load_registry(parties_of())
    predictions = Scorer(RulesModel(), Matcher(registry)).score(articles)
    begun = time.perf_counter()
    page = render(
        predictions,
        articles,
        registry.names(),
        made_by=MadeBy(uri="rules", sha256="0" * 64, threshold=0.0),
    )
    figures = {"render_s": time.perf_counter() - begun, "megabytes": len(page.encode()) / 1e6}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.html"
        path.write_text(page, encoding="utf-8")
        figures |= opened(path)
    print(json.dumps({name: round(value, 2) for name, value in figures.items()}, indent=2))
    print(f"{len(articles)} articles, {len(predictions)} rows")
    aims = {"render_s": RENDER_S, "megabytes": MEGABYTES, "open_s": OPEN_S, "find_s": FIND_S}
    missed = [name for name, aim in aims.items() if figures[name] > aim]
    if figures["overflow_px"] > 0:
        missed.append("overflow_px")
    print(f"missed: {', '.join(missed)}" if missed else "all aims met")
    return bool(missed)


def opened(path: Path) -> dict[str, float]:
    """Seconds that Chromium takes to show the page and to find a word, and its width on a phone."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 360, "height": 780})
        begun = time.perf_counter()
        page.goto(path.as_uri())
        page.wait_for_selector("#pair-table tbody tr")
        open_s = time.perf_counter() - begun
        find_s = 0.0
        for controls, pager in (
            ("#article-controls", "#article-pager"),
            ("#pair-controls", "#pair-pager"),
        ):
            before = page.inner_text(pager)
            begun = time.perf_counter()
            page.fill(f"{controls} [name=q]", "flooded")
            page.wait_for_function(
                "([place, before]) => document.querySelector(place).innerText !== before",
                arg=[pager, before],
            )
            find_s = max(find_s, time.perf_counter() - begun)
        wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        browser.close()
    return {"open_s": open_s, "find_s": find_s, "overflow_px": float(wide)}


if __name__ == "__main__":
    sys.exit(main())
